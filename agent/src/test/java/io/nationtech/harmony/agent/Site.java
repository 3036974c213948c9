package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.rollout.Rollout.Pace;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A real mesh, seen by whoever deploys. */
final class Site implements AutoCloseable {
    static final DeploymentName DEPLOYMENT = DeploymentName.of("trial");
    static final ContainerName CONTAINER = ContainerName.of("web");

    private final NatsServer server;
    private final String url;
    private final NatsMesh mesh;
    private final Fleet fleet;

    Site() {
        this(NatsServer.start(), NatsAccess.OPEN);
    }

    /** One whose server wants TLS unless access is open. */
    Site(NatsServer server, NatsAccess access) {
        this.server = server;
        this.url = access.equals(NatsAccess.OPEN) ? server.url() : server.url().replace("nats://", "tls://");
        this.mesh = NatsMesh.connect(
                NatsOptions.of(NatsAddress.parse(url), "agent-test").with(access));
        this.fleet = new Fleet(mesh, codec());
        fleet.ensureBuckets();
    }

    /** Where the mesh is. */
    String url() {
        return url;
    }

    NatsServer server() {
        return server;
    }

    Fleet fleet() {
        return fleet;
    }

    /** What is kept, as anybody may write it who may write at all: unsigned. */
    Bucket bucket(String name) {
        return mesh.bucket(new BucketName(name));
    }

    /** Seen by somebody with that login. */
    Fleet fleet(Path login) {
        return fleet(login, InstantSource.system());
    }

    /** The same, by their clock. */
    Fleet fleet(Path login, InstantSource clock) {
        return new Fleet(mesh, codec(), new LoginSignatures(login, clock));
    }

    private static JsonFleetCodec codec() {
        // Named, not found: the trial of a linked runtime runs on the class path, where no module provides anything.
        return new JsonFleetCodec(ResourceKinds.of(List.of(new ContainerKind())));
    }

    /** Tells a node to have one container; the first word about it. */
    void tell(NodeId node, ImageReference image) {
        tell(desired(node, image), Optional.empty());
    }

    /** Tells a node to have another container in place of the first, from which it goes back on these terms. */
    void tell(NodeId node, ImageReference image, Pace rollback) {
        tell(
                desired(node, image).with(Optional.of(rollback)),
                fleet.desiredStates().of(node, DEPLOYMENT).map(DesiredStateUpdate::revision));
    }

    private static DesiredState desired(NodeId node, ImageReference image) {
        return new DesiredState(node, DEPLOYMENT, List.of(Container.of(CONTAINER, image, Memory.mebibytes(64))));
    }

    private void tell(DesiredState desired, Optional<Long> known) {
        if (fleet.desiredStates().tell(desired, known) instanceof Written.Conflict) {
            throw new IllegalStateException("node %s was told something else before".formatted(desired.node()));
        }
    }

    /** Returns the state once it is as wanted; fails the test after 30 s. */
    NodeState awaitState(NodeId node, Predicate<Convergence> wanted) {
        Eventually.holds(
                "the wanted state of node " + node,
                () -> state(node).map(NodeState::convergence).filter(wanted).isPresent());
        return state(node).orElseThrow();
    }

    /** Returns what the node said last of its hardware, once it did; fails the test after 30 s. */
    HardwareReport awaitHardware(NodeId node) {
        Eventually.holds(
                "hardware of node " + node,
                () -> !fleet.nodeReports().hardware(node).isEmpty());
        return fleet.nodeReports().hardware(node).getLast().report();
    }

    /** Returns once the node's agent answers; the mesh may have been away. */
    void awaitAnswer(NodeId node) {
        Eventually.holds("an answer of node " + node, () -> {
            try {
                return fleet.commands().ping(node);
            } catch (MeshUnavailableException e) {
                return false;
            }
        });
    }

    private Optional<NodeState> state(NodeId node) {
        return fleet.nodeReports().state(node, DEPLOYMENT);
    }

    @Override
    public void close() {
        mesh.close();
        server.close();
    }
}
