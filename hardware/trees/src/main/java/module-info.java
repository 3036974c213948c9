import org.jspecify.annotations.NullMarked;

/**
 * Machines to test sources against: what their file trees say, recorded or composed from documented layouts.
 * For tests only.
 */
@NullMarked
module io.nationtech.harmony.hardware.trees {
    requires transitive io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    exports io.nationtech.harmony.hardware.trees;
}
