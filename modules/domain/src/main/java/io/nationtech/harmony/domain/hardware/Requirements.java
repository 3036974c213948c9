package io.nationtech.harmony.domain.hardware;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that a piece of work needs of a node's hardware: at most 32 requirements, of them at most 8 claims on devices.
 */
public record Requirements(List<Requirement> all) {
    private static final int MOST = 32;
    private static final int MOST_CLAIMS = 8;
    private static final Requirements NONE = new Requirements(List.of());

    public Requirements {
        all = List.copyOf(all);
        Bounds.atMost("requirements", all, MOST);
        Bounds.atMost(
                "claims on devices",
                all.stream().filter(DeviceClaim.class::isInstance).toList(),
                MOST_CLAIMS);
    }

    /** Nothing: any node will do. */
    public static Requirements none() {
        return NONE;
    }

    /** All of these. */
    public static Requirements of(Requirement... all) {
        return new Requirements(Arrays.asList(all));
    }

    /** These and one more. */
    public Requirements and(Requirement another) {
        return new Requirements(Stream.concat(all.stream(), Stream.of(another)).toList());
    }

    /** What a node must be. */
    public List<Trait> traits() {
        return all.stream()
                .filter(Trait.class::isInstance)
                .map(Trait.class::cast)
                .toList();
    }

    /** What is taken of a node's devices. */
    public List<DeviceClaim> claims() {
        return all.stream()
                .filter(DeviceClaim.class::isInstance)
                .map(DeviceClaim.class::cast)
                .toList();
    }

    /** The first pair that no node can meet, whatever its hardware. */
    public Optional<Contradiction> contradiction() {
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                Optional<Contradiction> found = between(all.get(i), all.get(j));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Contradiction> between(Requirement first, Requirement second) {
        String why = "";
        if (first instanceof Cpu.Isa(InstructionSet one)
                && second instanceof Cpu.Isa(InstructionSet other)
                && one.architecture() != other.architecture()) {
            why = "one processor has one architecture";
        } else if (first instanceof Os.Release(String one, OsVersion _)
                && second instanceof Os.Release(String other, OsVersion _)
                && !one.equals(other)) {
            why = "a node runs one operating system";
        } else if (first instanceof DeviceClaim one && second instanceof DeviceClaim other && excludes(one, other)) {
            why = "it is one device and cannot be taken twice";
        }
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(new Contradiction(first.toString(), second.toString(), why));
    }

    private static boolean excludes(DeviceClaim one, DeviceClaim other) {
        return one.names().isPresent()
                && one.names().equals(other.names())
                && (one.sharing() == Sharing.EXCLUSIVE || other.sharing() == Sharing.EXCLUSIVE);
    }
}
