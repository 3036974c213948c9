package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;

/** What came of asking a node about copies of data. */
public sealed interface BackupReply {

    /** It answered. */
    record Said(BackupAnswer answer) implements BackupReply {}

    /** It did not: its agent may be starting again, and goes on with a restore then. */
    record Silent(Cause why) implements BackupReply {}
}
