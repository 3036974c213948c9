package io.nationtech.harmony.domain.hardware;

import java.util.Optional;

/** What work needs of a node's hardware. Its text says it to people, as in {@code a GPU with 8 GiB}. */
public sealed interface Requirement permits Trait, DeviceClaim {

    /** By how much the hardware misses this, were nothing placed on it; empty when it has it. */
    Optional<Miss> missedBy(Hardware hardware);
}
