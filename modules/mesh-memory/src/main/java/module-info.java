import org.jspecify.annotations.NullMarked;

/**
 * The mesh within one process: for tests, and for a node that stands alone. An adapter.
 * Keeps nothing once its hub is gone.
 */
@NullMarked
module io.nationtech.harmony.mesh.memory {
    requires transitive io.nationtech.harmony.mesh;
    requires static org.jspecify;

    exports io.nationtech.harmony.mesh.memory;
}
