import org.jspecify.annotations.NullMarked;

/**
 * Containers that are web servers in this process, for tests of what uses a container runtime: they really serve what they
 * publish. For tests only; the adapters for nodes are in podman.
 */
@NullMarked
module io.nationtech.harmony.runtime.memory {
    requires transitive io.nationtech.harmony.domain;
    requires jdk.httpserver;
    requires static org.jspecify;

    exports io.nationtech.harmony.runtime.memory;
}
