package io.nationtech.harmony.borrowed.data;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;
import java.util.Set;

/** The kind of {@link BorrowedData}. */
public final class BorrowedDataKind implements ResourceKind<BorrowedData> {
    static final KindName NAME = KindName.of("borrowed-data");

    /** For {@link java.util.ServiceLoader}. */
    public BorrowedDataKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<BorrowedData> type() {
        return BorrowedData.class;
    }

    /** Only there its owner can keep it. */
    @Override
    public Class<? extends Capability> needs() {
        return VolumeStore.class;
    }

    @Override
    public Set<KindName> before() {
        return Set.of(KindName.of("container"));
    }
}
