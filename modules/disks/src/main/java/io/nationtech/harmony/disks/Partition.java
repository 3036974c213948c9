package io.nationtech.harmony.disks;

import java.util.Optional;

/**
 * A part of a disk.
 *
 * @param bytes how much it holds
 * @param label its name in the partition table
 * @param uuid its number there
 * @param flags its attributes there, as bits
 * @param fileSystem what lies in it
 */
public record Partition(
        String path,
        long bytes,
        Optional<String> label,
        Optional<String> uuid,
        long flags,
        Optional<String> fileSystem) {

    /** For people. */
    @Override
    public String toString() {
        return label.or(() -> fileSystem).orElse("unnamed");
    }
}
