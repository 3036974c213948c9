package io.nationtech.harmony.qemu;

import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.ShownLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** A mesh on this machine as a person makes it who follows the docs: TLS, a login for each node, and one of a person who deploys. */
final class SiteMesh implements AutoCloseable {
    /** How a guest reaches this machine, by QEMU's own network. */
    static final String SEEN_BY_GUESTS = "10.0.2.2";

    private static final String HERE = "127.0.0.1";
    private static final Duration TO_MAKE = Duration.ofMinutes(5);

    private final Path folder;
    private final int port;
    private final ConfiguredNatsServer server;

    private SiteMesh(Path folder, int port, ConfiguredNatsServer server) {
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    static SiteMesh start(Path folder, List<NodeId> nodes) throws IOException {
        int port = FreePort.at(InetAddress.getLoopbackAddress());
        Program.succeeds(
                TO_MAKE,
                Stream.concat(
                                Stream.of(
                                        "provisioning/demo-mesh",
                                        folder.toString(),
                                        Integer.toString(port),
                                        HERE + "," + SEEN_BY_GUESTS),
                                nodes.stream().map(NodeId::value))
                        .toList());
        SiteMesh mesh = new SiteMesh(
                folder, port, ConfiguredNatsServer.start(NatsServer.NEWEST, folder.resolve("mesh/server"), port));
        // An operator makes what nodes write into.
        mesh.person(TO_MAKE, "modules/cli/harmony node list");
        return mesh;
    }

    /** Where it listens, for programs on this machine. */
    String url() {
        return server.url();
    }

    /** The same for a guest. */
    String urlForGuests() {
        return "tls://%s:%d".formatted(SEEN_BY_GUESTS, port);
    }

    Path authority() {
        return folder.resolve("mesh/ca.crt");
    }

    Path login(NodeId node) {
        return folder.resolve("mesh/%s.creds".formatted(node));
    }

    /** What a person types who may deploy, and has the store of secrets; the test fails unless it succeeds in time. */
    String person(Duration timeout, String command) {
        return Program.succeeds(
                timeout,
                List.of("bash", "-euo", "pipefail", "-c", "source %s/person/env; %s".formatted(folder, command)));
    }

    /** A connection of that person's. */
    NatsMesh connect() {
        return NatsMesh.connect(NatsOptions.of(NatsAddress.parse(url()), "qemu-tests")
                .with(new NatsAccess(
                        new NatsAccess.Identity.OfLogin(() -> ShownLogin.read(ownLogin(), InstantSource.system())),
                        new NatsAccess.Authority.OfFile(authority()))));
    }

    /** The fleet as that person sees it. */
    Fleet fleet(NatsMesh link) {
        return new Fleet(
                link,
                new JsonFleetCodec(ResourceKinds.of(List.of(new ContainerKind()))),
                new LoginSignatures(ownLogin(), InstantSource.system()));
    }

    private Path ownLogin() {
        return folder.resolve("person/operator.creds");
    }

    /** Ends the server as a power cut would. */
    void kill() {
        server.kill();
    }

    /** Starts it again. */
    void restart() {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
    }
}
