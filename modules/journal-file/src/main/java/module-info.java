import org.jspecify.annotations.NullMarked;

/**
 * Journals in files, appended and never rewritten while an apply goes on. An adapter that no program of ours is built with: it is
 * what {@code make bench-engine} measures the engine with, and the second that the journals' contract holds for.
 */
@NullMarked
module io.nationtech.harmony.journal.file {
    requires io.nationtech.harmony.files;
    requires transitive io.nationtech.harmony.graph;
    requires static org.jspecify;

    exports io.nationtech.harmony.journal.file;
}
