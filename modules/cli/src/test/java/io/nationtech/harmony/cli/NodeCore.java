package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** An agent's core, with containers that are entries of a map. */
final class NodeCore implements AutoCloseable {
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.1");
    private static final int NEWEST = 3;

    private final InProcessRuntime runtime;
    private final NatsMesh mesh;
    private final Fleet fleet;
    private final Node node;

    /**
     * Begins one.
     *
     * @param mesh its own, closed with it
     * @param state the folder in which it finds what it was told before, if anything
     */
    NodeCore(NodeId id, NatsMesh mesh, Fleet fleet, Path state) throws IOException {
        Images images = new Images();
        for (int version = 1; version <= NEWEST; version++) {
            images.serve(FleetBench.image(version), "Welcome");
        }
        this.runtime = new InProcessRuntime(images, ADDRESS);
        this.mesh = mesh;
        this.fleet = fleet;
        this.node = BenchNodes.node(
                HomeLab.info(id, ADDRESS), runtime, state, mesh, fleet, new NodeSettings(Duration.ofSeconds(1)));
        node.start();
    }

    Fleet fleet() {
        return fleet;
    }

    /** Whether it ever started that version. */
    boolean runs(int version) {
        return runtime.done().contains("started web of " + FleetBench.image(version));
    }

    /** Whether it started nothing yet. */
    boolean isIdle() {
        return runtime.done().isEmpty();
    }

    @Override
    public void close() {
        node.close();
        mesh.close();
        runtime.close();
    }
}
