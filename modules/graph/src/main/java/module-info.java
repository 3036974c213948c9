import org.jspecify.annotations.NullMarked;

/**
 * The resource graph: what is declared, planned against what is there, and applied step by step with a journal.
 * Pure but for its drivers and its journal, which are ports.
 */
@NullMarked
module io.nationtech.harmony.graph {
    requires transitive io.nationtech.harmony.domain;
    requires transitive io.nationtech.harmony.form;
    requires static org.jspecify;

    exports io.nationtech.harmony.graph;
}
