package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.capability.ContainerRuntime;

/** A runtime of this machine, which runs programs to do its work. */
public sealed interface LocalRuntime extends ContainerRuntime, AutoCloseable permits PodmanRuntime, QuadletRuntime {
    /** Kills the programs that it runs, so that none outlives its owner; containers go on. Nothing can be asked afterwards. */
    @Override
    void close();
}
