package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.mesh.contract.FreePort;
import java.util.Set;

/** What tests of nodes are made of. */
final class Fixtures {
    private Fixtures() {}

    static ImageReference image(String nameAndTag) {
        return ImageReference.of("registry.internal/" + nameAndTag);
    }

    static Container container(String name, int port, String image) {
        return Container.of(ContainerName.of(name), image(image), Memory.mebibytes(64))
                .with(Container.Network.of(new PublishedPort(Port.of(port), Port.of(80))))
                .with(Container.HealthCheck.by(HttpProbe.of(Port.of(port), HttpPath.of("/"))));
    }

    static NodeInfo info(NodeId id, IpAddress address) {
        return new NodeInfo(
                id,
                new Location(SiteName.of("home"), FailureDomain.of(id.value())),
                address,
                new NodeInfo.Machine(Architecture.AMD64, 4, Memory.gibibytes(8), "Debian GNU/Linux 13 (trixie)"),
                NodeInfo.Agent.of("0.1.0", Set.of(CapabilityName.of(ContainerRuntime.class))));
    }

    /** A port that nobody listens on at the address now. */
    static int freePort(IpAddress address) {
        return FreePort.at(address.address());
    }
}
