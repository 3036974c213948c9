import org.jspecify.annotations.NullMarked;

/**
 * Who is who in a mesh of NATS servers: keys, the words signed by them that servers go by, and those that nodes and people go by, whatever
 * a server holds. An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.nats.identity {
    requires io.nationtech.harmony.files;
    requires transitive io.nationtech.harmony.domain;
    requires transitive io.nationtech.harmony.fleet;
    requires transitive io.nationtech.harmony.secrets;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    exports io.nationtech.harmony.nats.identity;
}
