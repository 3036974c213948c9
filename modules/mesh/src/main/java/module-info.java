import org.jspecify.annotations.NullMarked;

/**
 * The coordination fabric as Harmony needs it: buckets of keys with compare-and-set, leases, watches and requests.
 * A port: adapters implement {@link io.nationtech.harmony.mesh.Mesh}, and pass the tests of mesh-contract.
 */
@NullMarked
module io.nationtech.harmony.mesh {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.mesh;
}
