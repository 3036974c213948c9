import org.jspecify.annotations.NullMarked;

/**
 * The mesh over NATS JetStream. An adapter: only composition roots use it.
 * A bucket is a key-value stream as NATS' other clients know it (ADR-8), with republish in place of consumers.
 */
@NullMarked
module io.nationtech.harmony.mesh.nats {
    requires transitive io.nationtech.harmony.mesh;
    requires io.nats.jnats;
    requires tools.jackson.core;
    requires static org.jspecify;

    exports io.nationtech.harmony.mesh.nats;
}
