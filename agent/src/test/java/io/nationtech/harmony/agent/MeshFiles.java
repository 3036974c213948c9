package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;

import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAccess.Authority;
import io.nationtech.harmony.mesh.nats.NatsAccess.Identity;
import io.nationtech.harmony.nats.identity.ShownLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** A mesh with TLS and logins as {@code harmony mesh} makes it: what its server, nodes and people are given. */
record MeshFiles(CommandLineProcess owner, Path folder) {

    /** Of whoever has that store of secrets; makes its key. */
    static MeshFiles create(CommandLineProcess owner, Path folder) throws IOException {
        assertSaid(0, owner.given("", "secret", "key", "new"));
        Files.createDirectories(folder);
        MeshFiles files = new MeshFiles(owner, folder);
        Files.writeString(
                files.authority(),
                assertSaid(0, owner.given("", "mesh", "create")).out());
        return files;
    }

    private Path authority() {
        return folder.resolve("mesh-ca.crt");
    }

    /** A server of it. */
    NatsServer server() throws IOException {
        Path written = folder.resolve("server");
        assertSaid(0, owner.given("", "mesh", "server", "--address", "127.0.0.1", written.toString()));
        String configuration = Files.readString(written.resolve("nats.conf"));
        return NatsServer.start(
                NatsServer.NEWEST,
                // The fixture chooses port and store.
                configuration
                        .replaceAll("(?m)^(listen:|jetstream ).*$", "")
                        .replace("\"server.pem\"", "\"%s\"".formatted(written.resolve("server.pem")))
                        .replace("\"accounts\"", "\"%s\"".formatted(written.resolve("accounts"))));
    }

    /** Lets somebody in, who may replace their login by this one. */
    Path login(String role, String name) {
        Path file = folder.resolve(name + ".creds");
        assertSaid(0, owner.given("", "mesh", "login", "--" + role, name, "--file", file.toString()));
        return file;
    }

    /** What agents and people are told to be let in. */
    Map<String, String> settings(Path login) {
        return Map.of(
                "HARMONY_MESH_LOGIN",
                login.toString(),
                "HARMONY_MESH_CA",
                authority().toString());
    }

    /** The same for a connection of the test's own. */
    NatsAccess access(Path login) {
        return new NatsAccess(
                new Identity.OfLogin(() -> ShownLogin.read(login, InstantSource.system())),
                new Authority.OfFile(authority()));
    }
}
