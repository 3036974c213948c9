package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.Quorum;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nodes and deployments on paper: where things would run, with no mesh behind it. */
final class Homes {
    static final DeploymentName OTHER = DeploymentName.of("other");

    private Homes() {}

    /** A node of 8 GiB that is alive, runs containers, and was told nothing. */
    static NodeStatus node(String id, String failureDomain) {
        return new NodeStatus(
                new NodeInfo(
                        NodeId.of(id),
                        new Location(SiteName.of("home"), FailureDomain.of(failureDomain)),
                        IpAddress.of("192.0.2.7"),
                        new NodeInfo.Machine(
                                Architecture.AMD64, 4, Memory.gibibytes(8), "Debian GNU/Linux 13 (trixie)"),
                        NodeInfo.Agent.of("0.1.0", Set.of(CapabilityName.of(ContainerRuntime.class)))),
                new Liveness.Alive(Duration.ofSeconds(2)),
                Optional.empty(),
                Map.of());
    }

    /** The same node, having told of these devices. */
    static NodeStatus with(NodeStatus node, Device... devices) {
        HardwareReport report = new HardwareReport(
                node.info().id(),
                Generation.first(),
                Assignments.location(node),
                Hardware.least(InstructionSet.X86_64_V3, 4, Memory.gibibytes(8)).with(devices),
                List.of());
        return new NodeStatus(node.info(), node.liveness(), Optional.of(report), node.desired());
    }

    /** The same node, able to have shares, and having these. */
    static NodeStatus sharing(NodeStatus node, String... shares) {
        NodeInfo info = node.info();
        Set<ShareName> all = Stream.of(shares).map(ShareName::of).collect(Collectors.toUnmodifiableSet());
        return new NodeStatus(
                new NodeInfo(
                        info.id(),
                        info.location(),
                        info.address(),
                        info.machine().sharing(all),
                        NodeInfo.Agent.of(
                                "0.1.0",
                                Set.of(
                                        CapabilityName.of(ContainerRuntime.class),
                                        CapabilityName.of(FolderShares.class)))),
                node.liveness(),
                node.hardware(),
                node.desired());
    }

    /** The same node, silent for so long. */
    static NodeStatus silent(NodeStatus node, Duration silence) {
        return new NodeStatus(node.info(), new Liveness.Lost(silence), node.hardware(), node.desired());
    }

    /** The same node, heard of just now. */
    static NodeStatus alive(NodeStatus node) {
        return new NodeStatus(node.info(), new Liveness.Alive(Duration.ZERO), node.hardware(), node.desired());
    }

    /** The same node, told to have these containers. */
    static NodeStatus told(NodeStatus node, DeploymentName deployment, List<? extends NodeResource> containers) {
        Map<DeploymentName, Versioned<DesiredState>> desired = new HashMap<>(node.desired());
        desired.put(
                deployment,
                new Versioned<>(1, new DesiredState(node.info().id(), deployment, List.copyOf(containers))));
        return new NodeStatus(node.info(), node.liveness(), node.hardware(), desired);
    }

    static NodeStatus told(NodeStatus node, DeploymentName deployment, Container... containers) {
        return told(node, deployment, List.of(containers));
    }

    static Deployment<ContainerRuntime> deployment(
            DeploymentName name, ContainerService first, ContainerService... more) {
        var scored = Deployment.named(name).on(Lab.home()).runs(first);
        for (ContainerService one : more) {
            scored = scored.runs(one);
        }
        return scored.provenBy(HttpSmokeTest.of(first, HttpPath.of("/"), "Welcome"));
    }

    static Deployment<ContainerRuntime> quorum(ContainerService members) {
        return Deployment.named(Lab.WEBSITE)
                .on(Lab.home())
                .runs(Quorum.of(members))
                .provenBy(HttpSmokeTest.of(members, HttpPath.of("/"), "Welcome"));
    }

    static Planning<DesiredPlacement> planning(Deployment<?> deployment, List<NodeStatus> nodes) {
        return DesiredPlacement.of(deployment, new Inventory(nodes));
    }

    static DesiredPlacement plan(Deployment<?> deployment, List<NodeStatus> nodes) {
        return switch (planning(deployment, nodes)) {
            case Planning.Planned<DesiredPlacement>(DesiredPlacement wanted) -> wanted;
            case Planning.Impossible<DesiredPlacement>(var cause) -> throw new AssertionError(cause);
        };
    }

    static String why(Deployment<?> deployment, List<NodeStatus> nodes) {
        return switch (planning(deployment, nodes)) {
            case Planning.Planned<DesiredPlacement>(DesiredPlacement wanted) ->
                throw new AssertionError("placed: " + wanted.placements());
            case Planning.Impossible<DesiredPlacement>(var cause) -> cause.what();
        };
    }

    /** Which containers each node would have. */
    static Map<String, List<Container>> shares(Deployment<?> deployment, List<NodeStatus> nodes) {
        return plan(deployment, nodes).placements().stream()
                .collect(Collectors.groupingBy(
                        placement -> placement.node().value(),
                        TreeMap::new,
                        Collectors.mapping(
                                placement -> (Container) placement.resources().getFirst(), Collectors.toList())));
    }

    static Set<String> where(Deployment<?> deployment, List<NodeStatus> nodes) {
        return shares(deployment, nodes).keySet();
    }

    /** The nodes once they were told what the deployment wants of them, and nothing else of it. */
    static List<NodeStatus> follow(Deployment<?> deployment, List<NodeStatus> nodes) {
        Map<NodeId, NodeSpec> shares = plan(deployment, nodes).shares();
        List<NodeStatus> later = new ArrayList<>();
        for (NodeStatus node : nodes) {
            NodeSpec share = shares.getOrDefault(node.info().id(), NodeSpec.NOTHING);
            later.add(told(node, deployment.name(), share.resources()));
        }
        return later;
    }
}
