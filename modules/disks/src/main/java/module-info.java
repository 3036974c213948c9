import org.jspecify.annotations.NullMarked;

/**
 * The disks of this machine, as lsblk(8) tells of them, for what writes whole disks.
 * An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.disks {
    requires io.nationtech.harmony.programs;
    requires transitive io.nationtech.harmony.domain;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    exports io.nationtech.harmony.disks;
}
