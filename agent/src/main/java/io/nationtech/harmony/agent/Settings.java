package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.fleet.Signatures;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.podman.NodeShares;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What differs from agent to agent.
 *
 * @param mesh any of these will do; empty when no mesh is configured
 * @param access how this node and the mesh's servers know each other
 * @param login who this node is to others; empty in a mesh without logins
 * @param address where others reach what the node publishes; empty to use that of the route to the mesh
 * @param publishAt where containers publish; empty for all addresses
 * @param uplink how the site reaches the rest; unknown unless somebody says
 * @param shares folders of the household that containers may have
 * @param operate the folder of deployments that this agent keeps true
 * @param secrets where the deployments that it keeps true get their secrets from
 * @param state the folder of what the node keeps
 */
record Settings(
        List<NatsAddress> mesh,
        NatsAccess access,
        Optional<LoginFiles> login,
        NodeId node,
        SiteName site,
        FailureDomain failureDomain,
        Optional<IpAddress> address,
        Optional<IpAddress> publishAt,
        UplinkClass uplink,
        Tool tool,
        NodeShares shares,
        Path operate,
        SecretsSettings secrets,
        Path state) {
    private static final Path RUN = Path.of("/run/harmony");

    /** What runs the containers. */
    enum Tool {
        /** Units on disk, which come back by themselves after a power cut. */
        QUADLET,
        /** Podman itself, where there is no systemd. */
        PODMAN
    }

    Settings {
        mesh = List.copyOf(mesh);
    }

    /** How this node and others know each other's words. */
    Signatures signatures() {
        return login.<Signatures>map(files ->
                        new LoginSignatures(files::newest, state.resolve("revocations"), InstantSource.system()))
                .orElseGet(Signatures::none);
    }

    /** What drivers may know: what is set, as the agent reads it, and variables that only they know. */
    NodeContext forDrivers(Given given, DeploymentEndpoints others, Supplier<Set<InetSocketAddress>> servers) {
        Map<String, String> own = new HashMap<>();
        own.put(Setting.RUNTIME.key(), tool.name().toLowerCase(Locale.ROOT));
        own.put(Setting.SHARES.key(), shares.toString());
        publishAt.ifPresent(at -> own.put(Setting.PUBLISH.key(), at.toString()));
        return new NodeContext(
                node,
                state,
                RUN,
                name -> Optional.ofNullable(own.get(name))
                        .or(() -> given.variable(
                                "HARMONY_" + name.toUpperCase(Locale.ROOT).replace('-', '_'))),
                InstantSource.system(),
                System::nanoTime,
                others,
                servers);
    }
}
