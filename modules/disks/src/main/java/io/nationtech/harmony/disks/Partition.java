package io.nationtech.harmony.disks;

import java.util.Optional;

/**
 * A part of a disk.
 *
 * @param bytes how much it holds
 * @param entry what the partition table says of it
 * @param fileSystem what lies in it
 */
public record Partition(String path, long bytes, Entry entry, Optional<String> fileSystem) {

    /**
     * An entry of a partition table.
     *
     * @param type a UUID, in lower case, where the table is a GPT
     * @param label its name
     * @param uuid its number
     * @param flags its attributes, as bits
     */
    public record Entry(Optional<String> type, Optional<String> label, Optional<String> uuid, long flags) {}

    /** Its name in the partition table. */
    public Optional<String> label() {
        return entry.label();
    }

    /** Its number there. */
    public Optional<String> uuid() {
        return entry.uuid();
    }

    /** Its attributes there, as bits. */
    public long flags() {
        return entry.flags();
    }

    /** For people. */
    @Override
    public String toString() {
        return label().or(() -> fileSystem).orElse("unnamed");
    }
}
