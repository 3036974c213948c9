package org.example.cameras;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;
import java.util.Set;

/** Masks are there before a container looks through the camera. */
public final class MaskKind implements ResourceKind<Mask> {
    @Override
    public KindName name() {
        return KindName.of("camera-mask");
    }

    @Override
    public Class<Mask> type() {
        return Mask.class;
    }

    @Override
    public Class<? extends Capability> needs() {
        return Camera.class;
    }

    @Override
    public Set<KindName> before() {
        return Set.of(KindName.of("container"));
    }
}
