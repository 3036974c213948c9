import org.jspecify.annotations.NullMarked;

/**
 * Starts nodes as virtual machines from the built image, cuts their power, and asks them from the inside.
 * For tests only; needs QEMU and OVMF.
 */
@NullMarked
module io.nationtech.harmony.qemu {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.qemu;
}
