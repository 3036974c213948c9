import org.jspecify.annotations.NullMarked;

/**
 * What nodes, engine and command line share over the mesh, in domain terms: which bucket holds what, under which key, and
 * which commands a node answers. Its JSON form is an adapter's: {@link io.nationtech.harmony.fleet.FleetCodec}.
 */
@NullMarked
module io.nationtech.harmony.fleet {
    requires transitive io.nationtech.harmony.domain;
    requires transitive io.nationtech.harmony.mesh;
    requires transitive io.nationtech.harmony.rollout;
    requires transitive io.nationtech.harmony.secrets;
    requires static org.jspecify;

    exports io.nationtech.harmony.fleet;
}
