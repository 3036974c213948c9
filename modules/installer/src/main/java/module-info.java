import org.jspecify.annotations.NullMarked;

/**
 * Installs a node from the stick that a machine was started from: chooses the disk, writes it, and tells it what the stick's seed says.
 * A composition root; nothing uses it.
 */
@NullMarked
module io.nationtech.harmony.installer {
    requires io.nationtech.harmony.disks;
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.programs;
    requires io.nationtech.harmony.seed;
    requires static org.jspecify;
}
