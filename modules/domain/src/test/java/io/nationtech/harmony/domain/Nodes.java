package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nodes as tests need them. */
public final class Nodes {
    private Nodes() {}

    /** A node at site {@code home} that is alive, runs containers, and was told nothing. */
    public static NodeStatus alive(String id, String failureDomain) {
        return at("home", id, failureDomain, Set.of(CapabilityName.of(ContainerRuntime.class)));
    }

    /** A node that is alive. */
    public static NodeStatus at(String site, String id, String failureDomain, Set<CapabilityName> capabilities) {
        return new NodeStatus(
                new NodeInfo(
                        NodeId.of(id),
                        new Location(SiteName.of(site), FailureDomain.of(failureDomain)),
                        IpAddress.of("192.0.2.7"),
                        new NodeInfo.Machine(
                                Architecture.AMD64, 4, Memory.gibibytes(8), "Debian GNU/Linux 13 (trixie)"),
                        NodeInfo.Agent.of("0.1.0", capabilities)),
                new Liveness.Alive(Duration.ofSeconds(2)),
                Optional.empty(),
                Map.of());
    }

    /** The same node, silent for a minute. */
    public static NodeStatus lost(NodeStatus node) {
        return new NodeStatus(node.info(), new Liveness.Lost(Duration.ofMinutes(1)), node.hardware(), node.desired());
    }

    /** The same node, told to have these containers. */
    public static NodeStatus told(NodeStatus node, DeploymentName deployment, Container... containers) {
        Map<DeploymentName, Versioned<DesiredState>> desired = new HashMap<>(node.desired());
        desired.put(
                deployment, new Versioned<>(1, new DesiredState(node.info().id(), deployment, List.of(containers))));
        return new NodeStatus(node.info(), node.liveness(), node.hardware(), desired);
    }
}
