import org.jspecify.annotations.NullMarked;

/**
 * The container runtime of a node, by podman: through quadlet units where systemd runs, else podman direct.
 * An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.podman {
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.programs;
    requires transitive io.nationtech.harmony.domain;
    requires io.nationtech.harmony.form;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    exports io.nationtech.harmony.podman;
}
