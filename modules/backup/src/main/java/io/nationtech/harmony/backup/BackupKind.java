package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.capability.BackupStore;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;
import java.util.Set;

/** The kind of {@link Backup}. */
public final class BackupKind implements ResourceKind<Backup> {
    static final KindName NAME = KindName.of("backup");

    /** For {@link java.util.ServiceLoader}. */
    public BackupKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<Backup> type() {
        return Backup.class;
    }

    @Override
    public Class<? extends Capability> needs() {
        return BackupStore.class;
    }

    /** A restore that was cut short goes on before anything starts that would use half of it. */
    @Override
    public Set<KindName> before() {
        return Set.of(KindName.of("container"));
    }
}
