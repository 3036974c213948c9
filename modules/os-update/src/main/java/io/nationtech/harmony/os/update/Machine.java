package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be updated. */
public interface Machine {

    /**
     * A partition of the disk that it runs from.
     *
     * @param type its type's UUID, in lower case
     * @param label in the partition table
     */
    record Partition(String type, String label, long bytes) {}

    /**
     * How much room there is.
     *
     * @param bootFree bytes free where kernel images lie
     * @param kernelImages those that lie there, each with its bytes
     * @param memory bytes that programs could have without swapping
     */
    record Room(List<Partition> partitions, long bootFree, Map<String, Long> kernelImages, long memory) {
        public Room {
            partitions = List.copyOf(partitions);
            kernelImages = Map.copyOf(kernelImages);
        }
    }

    /** Whether the system that runs has shown that it is well. */
    enum Trial {
        /** Should it not get well, the machine goes back. */
        UNDER_WAY,
        /** It stays. */
        OVER
    }

    Room room() throws IOException, InterruptedException;

    /** How a program is run that takes more memory than the agent may have. */
    List<String> beside(List<String> words);

    /** Where a part of the system that runs can be read, {@code usr} or {@code uki}; empty when it is not there. */
    Optional<Path> active(Sort part, SystemVersion running) throws IOException;

    /**
     * Writes what is staged beside what runs; doing so again changes nothing.
     *
     * @return why it could not be
     */
    Optional<Cause> write(Duration deadline) throws IOException, InterruptedException;

    Trial trial() throws IOException, InterruptedException;

    /** Another each time that the machine starts. */
    String boot() throws IOException;

    /** Asks it to start over as it was flashed; returns once it begins. */
    void reset() throws IOException, InterruptedException;

    /** Asks it to start again; returns at once. */
    void restart() throws IOException, InterruptedException;
}
