import org.jspecify.annotations.NullMarked;

/**
 * What people declare of backups: which data, where to, when and for how long. A kind of resource; whoever has a tool for it brings the
 * driver.
 */
@NullMarked
module io.nationtech.harmony.backup {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.backup;

    provides io.nationtech.harmony.domain.node.ResourceKind with
            io.nationtech.harmony.backup.BackupKind;
}
