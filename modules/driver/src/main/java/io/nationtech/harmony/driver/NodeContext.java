package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.NodeId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The node that a driver is for.
 *
 * @param state the folder of what outlives a restart of the machine; a driver uses {@link #onDisk} of it
 * @param run the folder of what must not outlive a restart of the machine, in memory; agents on one machine share it, and a driver uses {@link
 *     #inMemory} of it
 * @param settings the agent's settings by name, as {@code publish} for {@code HARMONY_PUBLISH}; empty when one is not set
 * @param clock the time of day
 * @param nanoTime a clock that never jumps, as {@link System#nanoTime}
 * @param others what nodes say of any deployment, this one's and others'
 * @param mesh where the servers of the mesh are, as far as is known
 */
public record NodeContext(
        NodeId node,
        Path state,
        Path run,
        Function<String, Optional<String>> settings,
        InstantSource clock,
        LongSupplier nanoTime,
        DeploymentEndpoints others,
        Supplier<Set<InetSocketAddress>> mesh) {

    /** One that has no mesh, and so hears nothing of other deployments. */
    public NodeContext(
            NodeId node,
            Path state,
            Path run,
            Function<String, Optional<String>> settings,
            InstantSource clock,
            LongSupplier nanoTime) {
        this(node, state, run, settings, clock, nanoTime, DeploymentEndpoints.NONE, Set::of);
    }

    /** The folder for a kind, of what outlives a restart of the machine. */
    public Path onDisk(KindName kind) {
        return state.resolve(kind.value());
    }

    /** The folder for a kind, in memory. */
    public Path inMemory(KindName kind) {
        return run.resolve(kind.value()).resolve(node.value());
    }
}
