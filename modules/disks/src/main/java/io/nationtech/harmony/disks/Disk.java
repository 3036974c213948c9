package io.nationtech.harmony.disks;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A whole disk.
 *
 * @param path as the kernel names it now: {@code /dev/nvme0n1}
 * @param model as the disk itself tells
 * @param serial as the disk itself tells; some have none, as those of virtual machines
 */
public record Disk(String path, Optional<String> model, Optional<String> serial, Extent extent, Content content) {
    private static final int WORD = 6;

    /** How a disk can be used. */
    public enum Trait {
        READ_ONLY,
        /** Its medium can be taken out, or it is plugged in by USB. */
        REMOVABLE
    }

    /** How much it holds, in bytes, and how it can be used. */
    public record Extent(long bytes, Set<Trait> traits) {
        public Extent {
            traits = Set.copyOf(traits);
        }
    }

    /**
     * What is on it.
     *
     * @param table the kind of its partition table, as {@code gpt}
     * @param signature what lies on the disk as a whole, as a file system or a part of a RAID
     * @param mounts where this machine uses any part of it, also through what is layered upon it
     */
    public record Content(
            Optional<String> table, Optional<String> signature, List<Partition> partitions, List<String> mounts) {
        public Content {
            partitions = List.copyOf(partitions);
            mounts = List.copyOf(mounts);
        }

        /** Whether nothing that is known lies on it. */
        public boolean isEmpty() {
            return table.isEmpty() && signature.isEmpty() && partitions.isEmpty();
        }

        /** For people. */
        @Override
        public String toString() {
            if (isEmpty()) {
                return "empty";
            }
            if (partitions.isEmpty()) {
                return signature
                        .or(() -> table.map(kind -> "an empty partition table (%s)".formatted(kind)))
                        .orElse("something");
            }
            List<String> names = partitions.stream().map(Partition::toString).toList();
            int few = 6;
            return "%s: %s%s"
                    .formatted(
                            names.size() == 1 ? "1 partition" : names.size() + " partitions",
                            String.join(", ", names.subList(0, Math.min(few, names.size()))),
                            names.size() > few ? ", …" : "");
        }
    }

    /** The same with something lying on it as a whole, or with nothing. */
    Disk with(Optional<String> signature) {
        return new Disk(
                path,
                model,
                serial,
                extent,
                new Content(content.table(), signature, content.partitions(), content.mounts()));
    }

    /** What somebody types who means this disk and no other: the first six characters of its serial number, or else its name. */
    public String word() {
        return serial.map(
                        text -> text.substring(0, Math.min(WORD, text.length())).strip())
                .orElseGet(this::name);
    }

    /** As the kernel names it now, without a folder: {@code nvme0n1}. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether that is meant; the whole serial number will do, too. */
    public boolean isMeantBy(String typed) {
        return typed.equals(word()) || serial.filter(typed::equals).isPresent();
    }

    /** The partition of that label, if there is one. */
    public Optional<Partition> partition(String label) {
        return content.partitions().stream()
                .filter(partition -> partition.label().filter(label::equals).isPresent())
                .findFirst();
    }

    /** For people: which, how large, by whom. */
    @Override
    public String toString() {
        return "%s, %s, %s%s"
                .formatted(
                        path,
                        size(extent.bytes()),
                        model.orElse("no model"),
                        serial.map(text -> ", serial " + text).orElse(", no serial number"));
    }

    /** As sellers of disks count. */
    public static String size(long bytes) {
        long megabytes = Math.round(bytes / 1e6);
        return megabytes < 10_000 ? megabytes + " MB" : Math.round(megabytes / 1e3) + " GB";
    }
}
