package io.nationtech.harmony.podman;

import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A machine with a systemd of its own: this very file system under an overlay, booted by systemd-nspawn in a network of its own.
 * What it writes is in memory and gone afterwards.
 */
final class Nspawn implements AutoCloseable {
    private static final Duration BOOT = Duration.ofMinutes(2);

    private final Path folder;
    private final Path root;
    private final Process nspawn;
    private final long init;

    private Nspawn(Path folder, Path root, Process nspawn) {
        this.folder = folder;
        this.root = root;
        this.nspawn = nspawn;
        this.init = awaitInit();
    }

    static Nspawn boot() throws IOException {
        Path folder = Files.createTempDirectory("harmony-nspawn");
        Path memory = Files.createDirectory(folder.resolve("memory"));
        Path root = Files.createDirectory(folder.resolve("root"));
        must("mount", "-t", "tmpfs", "tmpfs", memory.toString());
        Path upper = Files.createDirectory(memory.resolve("upper"));
        Path work = Files.createDirectory(memory.resolve("work"));
        Files.createDirectory(memory.resolve("shared"));
        must(
                "mount",
                "-t",
                "overlay",
                "overlay",
                "-o",
                "lowerdir=/,upperdir=%s,workdir=%s".formatted(upper, work),
                root.toString());
        prepare(root);
        Nspawn machine = new Nspawn(folder, root, launch(folder, root));
        machine.awaitBooted();
        return machine;
    }

    private static void prepare(Path root) throws IOException {
        Files.writeString(root.resolve("etc/machine-id"), "0123456789abcdef0123456789abcdef\n");
        // The tools' own services have no business there.
        for (String service : List.of("docker-registry", "knot", "nats-server", "unbound")) {
            Files.createSymbolicLink(
                    root.resolve("etc/systemd/system/%s.service".formatted(service)), Path.of("/dev/null"));
        }
        // The only bend: a machine inside a host with cgroup v1 has a cgroup v2 tree without controllers, so limits of
        // processes and memory cannot be set in it. Of an option that is given twice, podman takes the last.
        Path bend = Files.createDirectories(root.resolve("etc/containers/systemd/container.d"));
        Files.writeString(
                bend.resolve("no-controllers.conf"),
                "[Container]\nPidsLimit=0\nPodmanArgs=--memory=0 --memory-swap=0\n");
    }

    private static Process launch(Path folder, Path root) throws IOException {
        String shared = folder.resolve("memory/shared").toString();
        ProcessBuilder builder = new ProcessBuilder(
                "systemd-nspawn",
                "--quiet",
                "--register=no",
                "--keep-unit",
                "--link-journal=no",
                "--machine=harmony-test-" + ProcessHandle.current().pid(),
                "--directory=" + root,
                "--tmpfs=/var/lib/containers",
                "--bind=%s:%s".formatted(shared, shared),
                "--private-network",
                "--capability=all",
                "--system-call-filter=@keyring bpf add_key keyctl request_key",
                "--console=pipe",
                "--boot");
        builder.environment().put("SYSTEMD_NSPAWN_API_VFS_WRITABLE", "1");
        builder.environment().put("SYSTEMD_NSPAWN_UNIFIED_HIERARCHY", "1");
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("console").toFile())
                .start();
    }

    /**
     * The words that lead into the machine. First into a control group of its: who comes from another one is not let into that of a container where
     * these are delegated (nsdelegate, cgroups(7)), which any systemd on this machine may have said.
     */
    List<String> way() {
        return List.of(
                "sh",
                "-c",
                "echo $$ > $(findmnt -n -o TARGET -t cgroup2 | head -n 1)$(sed -n s/^0:://p /proc/%d/cgroup)/cgroup.procs && exec \"$@\""
                        .formatted(init),
                "way",
                "nsenter",
                "--target",
                Long.toString(init),
                "--mount",
                "--uts",
                "--ipc",
                "--net",
                "--pid",
                "--cgroup",
                "--");
    }

    /** The machine's file system, seen from here. */
    Path root() {
        return root;
    }

    /** A folder with the same path there and here. */
    Path shared() {
        return folder.resolve("memory/shared");
    }

    private long awaitInit() {
        List<Long> found = new ArrayList<>();
        Eventually.holds("systemd-nspawn starts init, see " + folder.resolve("console"), BOOT, () -> {
            nspawn.children()
                    .map(ProcessHandle::pid)
                    .filter(Nspawn::isInit)
                    .findFirst()
                    .ifPresent(found::add);
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private static boolean isInit(long pid) {
        try {
            return Files.readString(Path.of("/proc/%d/comm".formatted(pid)))
                    .strip()
                    .equals("systemd");
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitBooted() {
        Programs programs = new Programs(way(), Programs.here().path());
        Eventually.holds(
                "the machine has booted, see " + folder.resolve("console"),
                BOOT,
                () -> Optional.of(programs.run(Podman.LOCAL, "systemctl", "is-system-running")
                                .output()
                                .strip())
                        .filter(state -> state.equals("running") || state.equals("degraded"))
                        .isPresent());
    }

    @Override
    public void close() {
        ProcessHandle.of(init).ifPresent(ProcessHandle::destroyForcibly);
        nspawn.onExit().join();
        Stream.of(root, folder.resolve("memory")).map(Path::toString).forEach(mount -> must("umount", mount));
        Machine.delete(folder);
    }

    private static void must(String... words) {
        Finished finished = Programs.here().run(Podman.LOCAL, words);
        if (!finished.succeeded()) {
            throw new AssertionError(String.join(" ", words) + ": " + finished);
        }
    }
}
