package io.nationtech.harmony.cli;

import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.FolderTree;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A mesh with one server. What that keeps is on the disk; logins are in memory. */
final class BenchMesh implements AutoCloseable {
    private static final int TICKS = 100;
    private static final int UTIME = 11;

    private final MeshOwner owner;
    private final Path disk;
    private final ConfiguredNatsServer server;

    private BenchMesh(MeshOwner owner, Path disk, ConfiguredNatsServer server) {
        this.owner = owner;
        this.disk = disk;
        this.server = server;
    }

    /** @param nodes for how many the server is set up, as their logins are not in the mesh's list */
    static BenchMesh create(Path folder, int nodes) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        InetSocketAddress at = new InetSocketAddress(loopback, FreePort.at(loopback));
        MeshOwner owner = MeshOwner.create(folder, "tls://127.0.0.1:%d".formatted(at.getPort()));
        Path disk = Files.createTempDirectory("bench-fleet");
        Path own = disk.resolve("server");
        owner.server(own, "--address", "127.0.0.1", "--listen", "127.0.0.1:%d".formatted(at.getPort()));
        Path configuration = own.resolve("nats.conf");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replaceFirst(
                                "ping_interval: \"\\d+s\"",
                                "ping_interval: \"%ds\"".formatted(MeshServerCommand.pingSeconds(nodes))));
        return new BenchMesh(
                owner,
                disk,
                ConfiguredNatsServer.start(List.of(NatsServer.NEWEST), own, at, MeshOwner.environment(own)));
    }

    MeshOwner owner() {
        return owner;
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
        owner.close();
        FolderTree.delete(disk);
    }
}
