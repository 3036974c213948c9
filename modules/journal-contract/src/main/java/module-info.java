import org.jspecify.annotations.NullMarked;

/**
 * What every adapter of the journals must pass: appliers that contend for one deployment, and some that die. For tests only.
 */
@NullMarked
module io.nationtech.harmony.journal.contract {
    requires transitive io.nationtech.harmony.graph;
    requires static org.jspecify;

    exports io.nationtech.harmony.journal.contract;
}
