package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.Repository;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.driver.Means;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What all works need.
 *
 * @param disk a folder of the agent's own
 * @param memory a folder of the agent's own that is gone after a restart of the machine
 */
record Tools(NodeId node, Path disk, Path memory, InstantSource clock, Tool tool, Kept kept) {

    Restic open(Repository repository, Means means, Restic.IfAbsent ifAbsent)
            throws BackupFailedException, InterruptedException {
        return Restic.open(tool, repository, means, memory, disk, ifAbsent);
    }
}
