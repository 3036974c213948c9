package io.nationtech.harmony.domain.hardware;

import java.util.Optional;

/** What work needs of a node's hardware. Its text says it to people, as in {@code a GPU with 8 GiB}. */
public sealed interface Requirement permits Trait, DeviceClaim {

    /** Whether the hardware has it, were nothing placed on it. */
    boolean isMetBy(Hardware hardware);

    /** By how much the hardware misses this; means nothing where it is met. */
    Shortfall miss(Hardware hardware);

    /** By how much the hardware misses this; empty when it has it. */
    default Optional<Shortfall> missedBy(Hardware hardware) {
        return isMetBy(hardware) ? Optional.empty() : Optional.of(miss(hardware));
    }
}
