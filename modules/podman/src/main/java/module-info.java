import org.jspecify.annotations.NullMarked;

/** Container runtimes. */
@NullMarked
module io.nationtech.harmony.podman {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.podman;
}
