import org.jspecify.annotations.NullMarked;

/**
 * What the tags of images name, asked of their registries by HTTP: for who writes deployments, on a machine that may have no podman.
 * An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.registry {
    requires transitive io.nationtech.harmony.domain;
    requires java.net.http;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    exports io.nationtech.harmony.registry;
}
