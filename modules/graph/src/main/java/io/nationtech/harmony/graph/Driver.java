package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.Optional;

/**
 * Reads and writes resources of one kind. Every write may be repeated: creating what is there as wanted, updating what is
 * updated and deleting what is gone do nothing. Used by many virtual threads at once; a call that is interrupted must end.
 *
 * @param <S> the state that is declared, compared field by field with the state that is read
 * @param <O> what only the world knows, such as an assigned address; others may build on it
 */
public interface Driver<S extends Record, O> {

    /** The kind of all resources of this driver. */
    KindName kind();

    /** Whom the driver talks to about a resource. */
    Target target(ResourceName name);

    /** Whether deleting loses data. */
    Durability durability();

    /**
     * What is there now; empty when there is nothing.
     *
     * @throws DriverException when it cannot be told
     */
    Optional<Observed<S, O>> read(ResourceName name) throws DriverException;

    /**
     * Makes the resource.
     *
     * @throws DriverException when it is not made, or may not be
     */
    void create(ResourceName name, S desired) throws DriverException;

    /**
     * Changes the resource in place.
     *
     * @param current as it was read
     * @throws DriverException when it is not changed, or may not be
     */
    void update(ResourceName name, S current, S desired) throws DriverException;

    /**
     * Removes the resource.
     *
     * @throws DriverException when it is not removed, or may not be
     */
    void delete(ResourceName name) throws DriverException;

    /** Why a change cannot be made in place, for people; empty when it can. */
    default Optional<String> replacementReason(S current, S desired) {
        return Optional.empty();
    }
}
