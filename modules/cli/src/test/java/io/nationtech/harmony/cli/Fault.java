package io.nationtech.harmony.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is broken on purpose, for a while. Members are those who run: nodes, whoever deploys, contenders for the lease, and servers. */
sealed interface Fault {

    /** What only one fault at a time may break. */
    sealed interface Part {

        /** Between a member and the servers. */
        record Network(String member) implements Part {}

        /** A member's process. */
        record Life(String member) implements Part {}

        /** What a member takes for the time. */
        record Time(String member) implements Part {}

        /** Where a node keeps what it was told. */
        record Disk(String node) implements Part {}

        /** Servers and their disks, all of them, as of three no two may be away. */
        record Servers() implements Part {}
    }

    /** What of a conversation is lost. */
    enum Way {
        BOTH,
        OUT,
        IN
    }

    /** Nothing of what these say, or of what is said to them, gets through; their sockets do not hear of it. */
    record Cut(List<String> members, Way way) implements Fault {}

    /** One packet in five is lost. */
    record Loss(List<String> members) implements Fault {}

    /** What is said takes so long to get there, and so does the answer. */
    record Slow(String member, Duration delay) implements Fault {}

    /** Ended by SIGKILL, and started again in the end. */
    record Kill(String member) implements Fault {}

    /** Whoever has the lease at that moment, in the same way. */
    record KillHolder() implements Fault {}

    /** Stands still, as a laptop that sleeps, and does not know. */
    record Freeze(String member) implements Fault {}

    record KillServer(String server) implements Fault {}

    /** Not a byte is left of the disk on which a node keeps what it was told. */
    record FullNode(String node) implements Fault {}

    record FullServer(String server) implements Fault {}

    /** A member's clock is wrong. */
    record Clock(String member, Duration by) implements Fault {}

    /** A bit of what a server keeps for a node is another. */
    record BitFlip(String node, String server) implements Fault {}

    /** What it breaks. */
    default Set<Part> parts() {
        return switch (this) {
            case Cut(List<String> members, Way _) -> networks(members);
            case Loss(List<String> members) -> networks(members);
            case Slow(String member, Duration _) -> Set.of(new Part.Network(member));
            case Kill(String member) -> Set.of(new Part.Life(member));
            case Freeze(String member) -> Set.of(new Part.Life(member));
            case KillHolder() ->
                ChaosMember.CONTENDERS.stream().map(Part.Life::new).collect(Collectors.toSet());
            case FullNode(String node) -> Set.of(new Part.Disk(node));
            case Clock(String member, Duration _) -> Set.of(new Part.Time(member));
            case KillServer _, FullServer _, BitFlip _ -> Set.of(new Part.Servers());
        };
    }

    private static Set<Part> networks(List<String> members) {
        return members.stream()
                .map(member -> ChaosMember.SERVERS.contains(member) ? new Part.Servers() : new Part.Network(member))
                .collect(Collectors.toSet());
    }
}
