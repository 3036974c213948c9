package io.nationtech.harmony.cli;

import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.FolderTree;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A mesh as {@code harmony mesh} makes it, and logins for as many as one likes. What it keeps is on the disk; logins are in memory. */
final class BenchMesh implements AutoCloseable {
    private static final String ENVIRONMENT = "Environment=";
    private static final int TICKS = 100;
    private static final int UTIME = 11;

    private final MeshFiles files;
    private final Path disk;
    private final MeshAuthority keys;
    private final ConfiguredNatsServer server;

    private BenchMesh(MeshFiles files, Path disk, MeshAuthority keys, ConfiguredNatsServer server) {
        this.files = files;
        this.disk = disk;
        this.keys = keys;
        this.server = server;
    }

    /** @param nodes for how many the server is set up, as their logins are not in the mesh's list */
    static BenchMesh create(Path folder, int nodes) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        BenchMesh mesh = create(
                folder,
                Files.createTempDirectory("bench-fleet"),
                new InetSocketAddress(loopback, FreePort.at(loopback)));
        mesh.kill();
        Path configuration = mesh.disk.resolve("server/nats.conf");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replaceFirst(
                                "ping_interval: \"\\d+s\"",
                                "ping_interval: \"%ds\"".formatted(MeshServerCommand.pingSeconds(nodes))));
        mesh.restart();
        return mesh;
    }

    /**
     * @param folder of what the mesh's owner has, and of logins
     * @param disk of the server
     * @param at where the server listens
     */
    static BenchMesh create(Path folder, Path disk, InetSocketAddress at) throws IOException {
        String host = at.getAddress().getHostAddress();
        String key = folder.resolve("own.key").toString();
        done("secret", "key", "new", "--key", key);
        String secrets = folder.resolve("secrets").toString();
        MeshFiles files = new MeshFiles(folder, "tls://%s:%d".formatted(host, at.getPort()));
        Files.writeString(files.authority(), done("mesh", "create", "--key", key, "--secrets", secrets));
        Path own = disk.resolve("server");
        done(
                "mesh",
                "server",
                "--address",
                host,
                "--listen",
                "%s:%d".formatted(host, at.getPort()),
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
                    files,
                    disk,
                    new MeshKeys(store).keys(),
                    ConfiguredNatsServer.start(NatsServer.NEWEST, own, at, environment(own)));
            mesh.let(MeshRoles.OPERATOR, "ada");
            return mesh;
        }
    }

    /** As the unit beside the configuration has it. */
    private static Map<String, String> environment(Path server) throws IOException {
        return Files.readAllLines(server.resolve(MeshServerUnit.NAME)).stream()
                .filter(line -> line.startsWith(ENVIRONMENT))
                .map(line -> line.substring(ENVIRONMENT.length()).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static String done(String... words) {
        Typed typed = Typed.command(words);
        if (typed.exitCode() != 0) {
            throw new IllegalStateException(typed.err());
        }
        return typed.out();
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

    Path folder() {
        return files.folder();
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
