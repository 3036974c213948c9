package io.nationtech.harmony.cli;

import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.FolderTree;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.MeshRole;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;

/** A mesh as {@code harmony mesh} makes it, and logins for as many as one likes. What it keeps is on the disk; logins are in memory. */
final class BenchMesh implements AutoCloseable {
    private static final int TICKS = 100;
    private static final int UTIME = 11;

    private final Path folder;
    private final Path disk;
    private final MeshAuthority keys;
    private final ConfiguredNatsServer server;

    private BenchMesh(Path folder, Path disk, MeshAuthority keys, ConfiguredNatsServer server) {
        this.folder = folder;
        this.disk = disk;
        this.keys = keys;
        this.server = server;
    }

    static BenchMesh create(Path folder) throws IOException {
        Path disk = Files.createTempDirectory("bench-fleet");
        String key = folder.resolve("own.key").toString();
        done("secret", "key", "new", "--key", key);
        String secrets = folder.resolve("secrets").toString();
        Files.writeString(authority(folder), done("mesh", "create", "--key", key, "--secrets", secrets));
        int port = FreePort.at(InetAddress.getLoopbackAddress());
        Path own = disk.resolve("server");
        done(
                "mesh",
                "server",
                "--address",
                "127.0.0.1",
                "--listen",
                "127.0.0.1:" + port,
                "--key",
                key,
                "--secrets",
                secrets,
                own.toString());
        try (AgeSecrets store = AgeSecrets.open(
                folder.resolve("secrets"),
                EnvironmentName.of("default"),
                AgeIdentity.read(folder.resolve("own.key")))) {
            BenchMesh mesh = new BenchMesh(
                    folder, disk, new MeshKeys(store).keys(), ConfiguredNatsServer.start(NatsServer.NEWEST, own, port));
            mesh.let(MeshRoles.OPERATOR, "ada");
            return mesh;
        }
    }

    private static String done(String... words) {
        Typed typed = Typed.command(words);
        if (typed.exitCode() != 0) {
            throw new IllegalStateException(typed.err());
        }
        return typed.out();
    }

    private static Path authority(Path folder) {
        return folder.resolve("mesh-ca.crt");
    }

    private Path login(String name) {
        return folder.resolve(name + ".creds");
    }

    /** As `harmony mesh login` does, but for the list of those who have one. */
    void let(MeshRole role, String name) {
        Instant now = Instant.now();
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            MeshLoginCommand.write(
                    new Login(
                            keys.login(role, ClientName.of(name), key.publicKey(), now.plus(Duration.ofDays(1)), now),
                            key),
                    login(name));
        }
    }

    private NatsOptions options(String name) {
        return NatsOptions.of(NatsAddress.parse(server.url()), name)
                .with(new NatsAccess(
                        new NatsAccess.Identity.OfLogin(() -> FileLogin.read(login(name))),
                        new NatsAccess.Authority.OfFile(authority(folder))));
    }

    NatsMesh connect(String name) {
        return NatsMesh.connect(options(name));
    }

    NatsMesh connectInBackground(String name) {
        return NatsMesh.connectInBackground(options(name));
    }

    /** As somebody sees it who signs what they write. */
    Fleet fleet(NatsMesh mesh, String name) {
        return new Fleet(mesh, new JsonFleetCodec(), new LoginSignatures(login(name), InstantSource.system()));
    }

    Path folder() {
        return folder;
    }

    void kill() {
        server.kill();
    }

    void restart() {
        server.restart();
    }

    /** How many consumers the server has, as its own files tell, which are a folder for each. */
    int consumers() throws IOException {
        try (Stream<Path> files = Files.walk(disk.resolve("server/data"))) {
            return Math.toIntExact(files.filter(
                            file -> file.getParent().getFileName().toString().equals("obs"))
                    .count());
        }
    }

    /** Of the processor, by the server since it was started. */
    long serverNanos() throws IOException {
        String stat = Files.readString(Path.of("/proc/%d/stat".formatted(server.pid())));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) * (1_000_000_000L / TICKS);
    }

    /** Of memory that the server has. */
    long serverMebibytes() throws IOException {
        return mebibytes(server.pid());
    }

    static long mebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/%d/status".formatted(pid))).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    @Override
    public void close() throws IOException {
        server.close();
        keys.close();
        FolderTree.delete(disk);
    }
}
