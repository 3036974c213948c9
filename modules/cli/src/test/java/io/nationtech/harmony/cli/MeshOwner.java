package io.nationtech.harmony.cli;

import io.nationtech.harmony.fleet.Fleet;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who makes a mesh as {@code harmony mesh} does, what its servers need, and logins for as many as one likes. */
final class MeshOwner implements AutoCloseable {
    private static final String ENVIRONMENT = "Environment=";

    private final MeshFiles files;
    private final MeshAuthority keys;

    private MeshOwner(MeshFiles files, MeshAuthority keys) {
        this.files = files;
        this.keys = keys;
    }

    /**
     * @param folder of what they have, and of logins
     * @param url where the mesh will be
     */
    static MeshOwner create(Path folder, String url) throws IOException {
        MeshFiles files = new MeshFiles(folder, url);
        done(List.of("secret", "key", "new", "--key", key(folder)));
        Files.writeString(files.authority(), done(withStore(folder, "mesh", "create")));
        try (AgeSecrets store = AgeSecrets.open(
                folder.resolve("secrets"),
                EnvironmentName.of("default"),
                AgeIdentity.read(folder.resolve("own.key")))) {
            MeshOwner owner = new MeshOwner(files, new MeshKeys(store).keys());
            owner.let(MeshRoles.OPERATOR, "ada");
            return owner;
        }
    }

    private static String key(Path folder) {
        return folder.resolve("own.key").toString();
    }

    private static List<String> withStore(Path folder, String... words) {
        return Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--key",
                                key(folder),
                                "--secrets",
                                folder.resolve("secrets").toString()))
                .toList();
    }

    private static String done(List<String> words) {
        Typed typed = Typed.command(words.toArray(String[]::new));
        if (typed.exitCode() != 0) {
            throw new IllegalStateException(typed.err());
        }
        return typed.out();
    }

    /** What a server needs, as `harmony mesh server` writes it. */
    void server(Path into, String... options) {
        done(withStore(
                files.folder(),
                Stream.of(Stream.of("mesh", "server"), Stream.of(options), Stream.of(into.toString()))
                        .flatMap(part -> part)
                        .toArray(String[]::new)));
    }

    /** As the unit beside the configuration of a server has it. */
    static Map<String, String> environment(Path server) throws IOException {
        return Files.readAllLines(server.resolve(MeshServerUnit.NAME)).stream()
                .filter(line -> line.startsWith(ENVIRONMENT))
                .map(line -> line.substring(ENVIRONMENT.length()).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** As `harmony mesh login` does, but for the list of those who have one. */
    void let(MeshRole role, String name) {
        Instant now = Instant.now();
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            MeshLoginCommand.write(
                    new Login(
                            keys.login(role, ClientName.of(name), key.publicKey(), now.plus(Duration.ofDays(1)), now),
                            key),
                    files.login(name));
        }
    }

    /** By which whoever was let in connects. */
    MeshFiles files() {
        return files;
    }

    NatsMesh connect(String name) {
        return NatsMesh.connect(files.options(name, InstantSource.system()));
    }

    NatsMesh connectInBackground(String name) {
        return NatsMesh.connectInBackground(files.options(name, InstantSource.system()));
    }

    /** As somebody sees it who signs what they write. */
    Fleet fleet(NatsMesh mesh, String name) {
        return files.fleet(mesh, name, InstantSource.system());
    }

    @Override
    public void close() {
        keys.close();
    }
}
