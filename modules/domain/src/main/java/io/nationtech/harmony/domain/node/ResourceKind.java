package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.value.KindName;
import java.util.Set;

/**
 * A kind of {@link NodeResource}: what authors, planners and nodes know of all resources of one class. Found by
 * {@link java.util.ServiceLoader}, so that a module outside the framework can add one: {@code provides ResourceKind with …}.
 *
 * @param <R> a record, whose components are its form on the wire; its package is exported
 */
public interface ResourceKind<R extends Record & NodeResource> {

    /** Its name on the wire and for people, as in {@code container}; no two kinds have one. */
    KindName name();

    /** The class of its resources. */
    Class<R> type();

    /** What a node must offer to have one. */
    Class<? extends Capability> needs();

    /** The kinds that a node must have made before it makes one of this kind, as a file before the container that mounts it. */
    default Set<KindName> after() {
        return Set.of();
    }

    /** The kinds that a node must not make before it made those of this kind: {@link #after} as said by the other side. */
    default Set<KindName> before() {
        return Set.of();
    }
}
