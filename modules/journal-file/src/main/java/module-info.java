import org.jspecify.annotations.NullMarked;

/**
 * Journals in files, appended and never rewritten while an apply goes on. An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.journal.file {
    requires transitive io.nationtech.harmony.graph;
    requires static org.jspecify;

    exports io.nationtech.harmony.journal.file;
}
