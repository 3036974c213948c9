package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.backup.SnapshotId;
import io.nationtech.harmony.domain.value.ResourceId;

/** A copy of data that a repository has. */
record Copy(ResourceId data, SnapshotId id) {}
