package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupOrder;
import io.nationtech.harmony.domain.value.DeploymentName;

/** Copies of data, as far as people ask for them by hand. Safe for use by several threads. */
public interface Backups {

    /** Answers within a minute; what takes longer is begun, and goes on by itself. */
    BackupAnswer answer(DeploymentName deployment, BackupOrder order);
}
