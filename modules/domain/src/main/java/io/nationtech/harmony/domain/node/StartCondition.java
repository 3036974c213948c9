package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.ContainerName;

/**
 * What a container waits for before it starts for the first time, and before it gives way to a changed one. Once it ran it waits no more: what ended is
 * started again at once.
 *
 * @param container another of its deployment on its node
 * @param reached how far that must be
 */
@Since(6)
public record StartCondition(ContainerName container, Reached reached) {

    /** How far a container is. */
    public enum Reached {
        /** Its probe was answered well. */
        HEALTHY,
        /** It was to run until it is done, and ended well. */
        COMPLETED
    }

    /** For people, as in {@code db is healthy}. */
    @Override
    public String toString() {
        return switch (reached) {
            case HEALTHY -> container + " is healthy";
            case COMPLETED -> container + " has ended well";
        };
    }
}
