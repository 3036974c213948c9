package io.nationtech.harmony.domain.system;

import io.nationtech.harmony.domain.Cause;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which operating system a node runs, and how far it is on its way to another.
 *
 * @param failed what became of the last upgrade, where it came to nothing
 * @param recovery empty where its disk is not encrypted, or its login does not say for whom to seal
 */
public record NodeSystem(
        SystemVersion running, Optional<Upgrade> underWay, Optional<Failed> failed, Optional<RecoveryKey> recovery) {

    /** One whose disk no key but the TPM's opens, or none at all has to. */
    public NodeSystem(SystemVersion running, Optional<Upgrade> underWay, Optional<Failed> failed) {
        this(running, underWay, failed, Optional.empty());
    }

    /** One that has nothing to do. */
    public NodeSystem(SystemVersion running) {
        this(running, Optional.empty(), Optional.empty());
    }

    /** The same, with what opens its disk. */
    public NodeSystem with(Optional<RecoveryKey> key) {
        return new NodeSystem(running, underWay, failed, key);
    }

    /** Whether it runs that, for good. */
    public boolean hasSettledOn(SystemVersion version) {
        return running.equals(version) && underWay.isEmpty();
    }

    /** On its way. */
    public record Upgrade(SystemVersion to, Step step) {
        @Override
        public String toString() {
            return "to %s: %s".formatted(to, step.name().toLowerCase(Locale.ROOT));
        }
    }

    /** How far, in this order. */
    public enum Step {
        /** Its files are fetched and checked. What runs is as it was. */
        FETCHING,
        /** They are written beside what runs. */
        WRITING,
        /** The machine is about to start again. */
        RESTARTING,
        /** It runs, and has yet to show that it is well; else the machine goes back by itself. */
        PROVING
    }

    /**
     * An upgrade that came to nothing: the node runs what it ran before.
     *
     * @param step how far it was; one that failed at {@link Step#PROVING} ran, and went back
     * @param at when, by the clock of the node
     */
    public record Failed(SystemVersion to, Step step, Instant at, Cause why) {}
}
