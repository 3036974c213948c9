import org.jspecify.annotations.NullMarked;

/**
 * Who is who in a mesh of NATS servers: keys, and the words signed by them that servers go by. Pure but for chance; knows nothing of
 * what a mesh is used for. An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.nats.identity {
    requires transitive io.nationtech.harmony.domain;
    requires transitive io.nationtech.harmony.secrets;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    exports io.nationtech.harmony.nats.identity;
}
