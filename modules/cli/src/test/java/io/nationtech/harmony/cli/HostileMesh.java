package io.nationtech.harmony.cli;

import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.MeshRole;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** A mesh whose server is in the hands of somebody who may write there what they like. */
abstract class HostileMesh extends OwnMesh {
    final int port = FreePort.at(InetAddress.getLoopbackAddress());

    Path server() {
        Path written = folder.resolve("server");
        done(mesh("server", "--address", "127.0.0.1", "--listen", "127.0.0.1:" + port, written.toString()));
        return written;
    }

    MeshFiles files() {
        return new MeshFiles(folder, "tls://127.0.0.1:" + port);
    }

    NatsMesh connect(String name) {
        return NatsMesh.connect(files().options(name, InstantSource.system()));
    }

    Typed as(String name, String... words) {
        return Typed.command(Stream.concat(Stream.of(words), toMesh(name)).toArray(String[]::new));
    }

    Stream<String> toMesh(String name) {
        return Stream.of(
                "--mesh",
                files().url(),
                "--mesh-ca",
                authority().toString(),
                "--mesh-login",
                login(name).toString());
    }

    Typed revoke(String name) {
        return mesh(
                "revoke",
                name,
                "--mesh",
                files().url(),
                "--mesh-ca",
                authority().toString());
    }

    MeshAuthority keys() {
        try (AgeSecrets store = AgeSecrets.open(
                folder.resolve("secrets"),
                EnvironmentName.of("default"),
                AgeIdentity.read(folder.resolve("own.key")))) {
            return new MeshKeys(store).keys();
        }
    }

    /** Whoever holds the server, and so may write what they like. */
    void letOwnerOfServer(MeshAuthority keys) {
        Instant now = Instant.now();
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            MeshLoginCommand.write(
                    new Login(
                            keys.loginOfOne(
                                    new MeshRole("owner", List.of(">"), List.of(">")),
                                    ClientName.of("owner"),
                                    key.publicKey(),
                                    now.plus(Duration.ofHours(1)),
                                    now),
                            key),
                    login("owner"));
        }
    }
}
