package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.value.NodeId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The node that a driver is for.
 *
 * @param state the folder of what outlives a restart of the machine; a driver uses one below it, named as its kind
 * @param run the folder of what must not outlive a restart of the machine, in memory; likewise, and by the node's name below that: agents on one
 *     machine share it
 * @param settings the agent's settings by name, as {@code publish} for {@code HARMONY_PUBLISH}; empty when one is not set
 * @param clock the time of day
 * @param nanoTime a clock that never jumps, as {@link System#nanoTime}
 */
public record NodeContext(
        NodeId node,
        Path state,
        Path run,
        Function<String, Optional<String>> settings,
        InstantSource clock,
        LongSupplier nanoTime) {}
