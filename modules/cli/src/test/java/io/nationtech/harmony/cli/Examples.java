package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nodes and what they say, for tests of what people see. */
final class Examples {
    static final DeploymentName WEBSITE = DeploymentName.of("website");
    static final Liveness ALIVE = new Liveness.Alive(Duration.ofSeconds(3));
    static final Liveness LOST = new Liveness.Lost(Duration.ofMinutes(4));

    private Examples() {}

    static Container web(String image) {
        Port port = Port.of(8080);
        return Container.of(ContainerName.of("web"), ImageReference.of(image), Memory.mebibytes(64))
                .with(Container.Network.of(new PublishedPort(port, port)))
                .with(Container.HealthCheck.by(HttpProbe.of(port, HttpPath.of("/"))));
    }

    static Container web() {
        return web("registry.internal/website:1");
    }

    static NodeStatus node(int number, Liveness liveness, NodeResource... told) {
        NodeId id = NodeId.of("node-" + number);
        NodeInfo info = new NodeInfo(
                id,
                new Location(SiteName.of("home"), FailureDomain.of("shelf-" + number)),
                IpAddress.of("192.0.2." + number),
                new NodeInfo.Machine(Architecture.ARM64, 4, Memory.gibibytes(8), "Debian GNU/Linux 13 (trixie)"),
                NodeInfo.Agent.of("0.1.0", Set.of(CapabilityName.of(ContainerRuntime.class))));
        return new NodeStatus(
                info,
                liveness,
                Optional.empty(),
                Map.of(WEBSITE, new Versioned<>(7, new DesiredState(id, WEBSITE, List.of(told)))));
    }

    /** The same node, with so many GiB free of 60. */
    static NodeStatus free(int gibibytes, NodeStatus node) {
        Hardware least = Hardware.least(InstructionSet.X86_64_V2, 4, Memory.gibibytes(8));
        Hardware hardware = new Hardware(
                least.processor(),
                least.memory(),
                least.devices(),
                least.thermal(),
                least.power(),
                least.uplink(),
                least.platform(),
                Optional.of(new WorkSpace(DiskSpace.gibibytes(60), DiskSpace.gibibytes(gibibytes))));
        HardwareReport report = new HardwareReport(
                node.info().id(), Generation.first(), node.info().location(), hardware, List.of());
        return new NodeStatus(node.info(), node.liveness(), Optional.of(report), node.desired());
    }

    static NodeStatus fresh(int number) {
        NodeStatus node = node(number, ALIVE);
        return new NodeStatus(node.info(), node.liveness(), node.hardware(), Map.of());
    }

    static NodeState said(int number, Convergence convergence, ResourceStatus... resources) {
        return saidOf(7, number, convergence, resources);
    }

    static NodeState saidOf(long revision, int number, Convergence convergence, ResourceStatus... resources) {
        return new NodeState(NodeId.of("node-" + number), WEBSITE, revision, convergence, List.of(resources));
    }

    static ResourceStatus healthyWeb() {
        return ResourceStatus.of(web().id(), Phase.RUNNING).health(Health.HEALTHY);
    }
}
