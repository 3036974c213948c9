package io.nationtech.harmony.docker.socket;

import io.nationtech.harmony.domain.value.Reason;

/** What a container may ask the engine of its node. */
public sealed interface DockerAccess {

    /**
     * What runs: lists of containers, images, networks and volumes, a container's settings, output and measurements, and what happens. All
     * containers of the node are in it, with the variables of their environments, but no secrets. Nothing is changed, and nothing is read out
     * of containers.
     */
    record Listing() implements DockerAccess {
        @Override
        public String toString() {
            return "what runs";
        }
    }

    /**
     * Everything. Whoever may make containers can make one that has the node's disks: who has it is its node's root.
     *
     * @param because shown in plans
     */
    record Control(Reason because) implements DockerAccess {
        @Override
        public String toString() {
            return "everything, because %s".formatted(because);
        }
    }
}
