package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a resource is on its node. Made by {@link #of} and said more of fluently.
 *
 * @param restarts how often it was started again without anybody having asked for it; at least 0
 * @param detail more for people, as what it waits for or how it ended last
 * @param since when it came to be as it is, by the node's clock
 */
public record ResourceStatus(
        ResourceId id, Phase phase, Health health, int restarts, Optional<String> detail, Optional<Instant> since) {
    private static final int LONGEST_DETAIL = 1000;

    /** How far it is. */
    public enum Phase {
        /** Nothing of it is there yet. */
        PENDING,
        /** It is coming up, or has not run for long enough to be called running. */
        STARTING,
        /** It runs. */
        RUNNING,
        /** It is there, and is nothing that runs, as a file. */
        READY,
        /** It was to run until it is done, and ended well. */
        COMPLETED,
        /** It should run, and does not. */
        STOPPED
    }

    /** What its probe says. */
    public enum Health {
        /** There is no probe, or it has not asked yet. */
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    public ResourceStatus {
        if (restarts < 0) {
            throw new InvalidValueException("%s cannot have been restarted %d times".formatted(id, restarts));
        }
        // What a container wrote last may be anything, and ends in terminals.
        detail = detail.map(text -> text.replaceAll("\\p{Cntrl}", "?"))
                .map(text -> text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) + "…" : text);
    }

    /** One of which no more is known. */
    public static ResourceStatus of(ResourceId id, Phase phase) {
        return new ResourceStatus(id, phase, Health.UNKNOWN, 0, Optional.empty(), Optional.empty());
    }

    /** The same with what its probe says. */
    public ResourceStatus health(Health probed) {
        return new ResourceStatus(id, phase, probed, restarts, detail, since);
    }

    /** The same with so many restarts. */
    public ResourceStatus restarts(int count) {
        return new ResourceStatus(id, phase, health, count, detail, since);
    }

    /** The same with more for people. */
    public ResourceStatus detail(String text) {
        return new ResourceStatus(id, phase, health, restarts, Optional.of(text), since);
    }

    /** The same, and since when. */
    public ResourceStatus since(Instant time) {
        return new ResourceStatus(id, phase, health, restarts, detail, Optional.of(time));
    }

    /** How it is, for people, as in {@code container web is starting and unhealthy (timed out)}. */
    public String words() {
        return "%s is %s and %s%s"
                .formatted(
                        id,
                        phase.name().toLowerCase(Locale.ROOT),
                        health.name().toLowerCase(Locale.ROOT),
                        detail.map(" (%s)"::formatted).orElse(""));
    }

    /** Whether it is as it should be, and is expected to stay so. */
    public boolean isAsWanted() {
        return switch (phase) {
            case RUNNING, READY, COMPLETED -> health != Health.UNHEALTHY;
            case PENDING, STARTING, STOPPED -> false;
        };
    }
}
