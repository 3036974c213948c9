package io.nationtech.harmony.os.update;

import java.io.IOException;
import java.util.List;

/** Tells of the disk that the system runs from. */
public interface SystemDisk {
    /**
     * What it is divided into.
     *
     * @throws IOException when that cannot be told, or the system was not installed from an image
     */
    List<Machine.Partition> partitions() throws IOException, InterruptedException;
}
