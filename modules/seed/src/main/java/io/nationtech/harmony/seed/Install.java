package io.nationtech.harmony.seed;

import java.util.Optional;

/**
 * Onto which disk to install without asking anybody. A disk is meant when all that is said holds for it; nothing said, the one empty
 * disk is meant.
 *
 * @param path as the kernel names it: {@code /dev/nvme0n1}
 * @param model as the disk itself tells
 * @param serial as the disk itself tells
 * @param erase the word of a disk that has data on it, all of which may be lost: its serial number's first six characters
 */
public record Install(
        Optional<String> path, Optional<String> model, Optional<String> serial, Sizes sizes, Optional<String> erase) {
    /** The one empty disk. */
    public static final Install ONTO_THE_EMPTY_DISK = new Install(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Sizes(Optional.empty(), Optional.empty()),
            Optional.empty());

    /**
     * How large a disk may be.
     *
     * @param least in bytes, itself included
     * @param most in bytes, itself included
     */
    public record Sizes(Optional<DiskSize> least, Optional<DiskSize> most) {
        /** Whether one of so many bytes may be. */
        public boolean allow(long bytes) {
            return least.filter(size -> bytes < size.bytes()).isEmpty()
                    && most.filter(size -> bytes > size.bytes()).isEmpty();
        }
    }

    /** Whether it names a disk, rather than say how it is to be. */
    public boolean namesDisk() {
        return path.isPresent() || serial.isPresent();
    }

    /** Whether it says anything of the disk. */
    public boolean isSelective() {
        return namesDisk()
                || model.isPresent()
                || sizes.least().isPresent()
                || sizes.most().isPresent();
    }
}
