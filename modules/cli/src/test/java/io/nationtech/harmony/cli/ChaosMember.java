package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.IpAddress;
import java.util.List;
import java.util.stream.Stream;

/** Who runs in a fleet under chaos, each in a network and a process of its own, and where they are reached. */
final class ChaosMember {
    /** Two of a site. */
    static final List<String> NODES = List.of("n1", "n2", "n3", "n4", "n5", "n6");

    static final String DEPLOYER = "deployer";

    /** They contend for a lease, and carry rollouts on that nobody runs. */
    static final List<String> CONTENDERS = List.of("left", "right");

    static final List<String> ALL = Stream.of(NODES.stream(), Stream.of(DEPLOYER), CONTENDERS.stream())
            .flatMap(part -> part)
            .toList();

    /** Those that a mesh may have; of one that has a single server, the first. */
    static final List<String> SERVERS = List.of("hub-1", "hub-2", "hub-3");

    private static final int OF_A_SITE = 2;
    static final int SITES = NODES.size() / OF_A_SITE;

    private ChaosMember() {}

    static List<String> site(int number) {
        return NODES.subList(number * OF_A_SITE, (number + 1) * OF_A_SITE);
    }

    static IpAddress address(String member) {
        return SERVERS.contains(member)
                ? IpAddress.of("10.77.0." + (1 + SERVERS.indexOf(member)))
                : IpAddress.of("10.77.1." + (1 + ALL.indexOf(member)));
    }
}
