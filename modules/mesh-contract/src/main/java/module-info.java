import org.jspecify.annotations.NullMarked;

/**
 * What every adapter of the mesh must pass, and a real NATS server to pass it with. For tests only.
 */
@NullMarked
module io.nationtech.harmony.mesh.contract {
    requires transitive io.nationtech.harmony.mesh;
    requires transitive org.junit.jupiter.api;
    requires java.logging;
    requires static org.jspecify;

    exports io.nationtech.harmony.mesh.contract;
}
