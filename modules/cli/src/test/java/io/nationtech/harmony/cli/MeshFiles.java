package io.nationtech.harmony.cli;

import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.ShownLogin;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * The files by which somebody is let into a mesh: the certificate of its authority, and a login for each name.
 *
 * @param url of each of its servers, with commas
 */
record MeshFiles(Path folder, String url) {
    /** One for all: making it costs more than what a node does with it. */
    static final JsonFleetCodec CODEC = new JsonFleetCodec();

    Path authority() {
        return folder.resolve("mesh-ca.crt");
    }

    Path login(String name) {
        return folder.resolve(name + ".creds");
    }

    /** @param clock of whoever connects */
    NatsOptions options(String name, InstantSource clock) {
        return NatsOptions.of(Stream.of(url.split(",")).map(NatsAddress::parse).toList(), name)
                .with(new NatsAccess(
                        new NatsAccess.Identity.OfLogin(() -> ShownLogin.read(login(name), clock)),
                        new NatsAccess.Authority.OfFile(authority())));
    }

    /** As somebody sees it who signs what they write. */
    Fleet fleet(NatsMesh mesh, String name, InstantSource clock) {
        return new Fleet(mesh, CODEC, new LoginSignatures(login(name), clock));
    }
}
