package io.nationtech.harmony.agent;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.DisksUnavailableException;
import io.nationtech.harmony.disks.Lsblk;
import io.nationtech.harmony.os.update.Machine.Partition;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The disk that this system runs from, for updates of it. */
final class RunningDisk {
    private static final String SYSTEM = "/usr";

    private RunningDisk() {}

    static List<Partition> partitions() throws IOException, InterruptedException {
        try {
            return partitions(Lsblk.known());
        } catch (DisksUnavailableException e) {
            throw new IOException(e.why().toString(), e);
        }
    }

    /** Those of the disk on which something is mounted at {@code /usr}. */
    static List<Partition> partitions(List<Disk> disks) throws IOException {
        return disks.stream()
                .filter(disk -> disk.content().mounts().contains(SYSTEM))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "lsblk shows no disk with /usr on it; this system was not installed from an image"))
                .content()
                .partitions()
                .stream()
                .flatMap(RunningDisk::ofTable)
                .toList();
    }

    private static Stream<Partition> ofTable(io.nationtech.harmony.disks.Partition partition) {
        return partition.entry().type().stream()
                .map(type -> new Partition(type, partition.label().orElse(""), partition.bytes()));
    }
}
