import org.jspecify.annotations.NullMarked;

/**
 * Files that a power cut leaves whole: the old content or the new one, for whoever keeps something on a disk.
 * Knows nothing of what is in them.
 */
@NullMarked
module io.nationtech.harmony.files {
    requires static org.jspecify;

    exports io.nationtech.harmony.files;
}
