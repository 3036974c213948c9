import org.jspecify.annotations.NullMarked;

/**
 * Journals in the mesh: a key for each resource that a deployment owns, and a lease for whoever applies.
 * An adapter of the graph's journals onto the mesh's buckets: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.journal.mesh {
    requires transitive io.nationtech.harmony.graph;
    requires transitive io.nationtech.harmony.mesh;
    requires static org.jspecify;

    exports io.nationtech.harmony.journal.mesh;
}
