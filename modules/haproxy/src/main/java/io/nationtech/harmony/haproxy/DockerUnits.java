package io.nationtech.harmony.haproxy;

import static io.nationtech.harmony.haproxy.Installed.PROGRAMS;

import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * podman's service and haproxy as units of systemd, which holds the sockets: they are there before any container, after a restart of the machine too,
 * and stay what they are when what answers behind them is started again.
 *
 * @param folder of the filter's configuration, on disk
 * @param units on disk; systemd links to what is in it
 */
record DockerUnits(Path podman, Path haproxy, Path folder, Path units) implements DockerService {
    static final String ENGINE = "harmony-docker";
    static final String FILTER = "harmony-docker-listing";
    private static final Path SOCKETS = Path.of("/run/harmony-docker");

    @Override
    public Optional<Path> control() {
        return Optional.of(SOCKETS.resolve("control.sock"));
    }

    @Override
    public Optional<Path> listing() {
        return Optional.of(SOCKETS.resolve("listing.sock"));
    }

    @Override
    public Optional<String> start() {
        try {
            if (isThere() && isRunning()) {
                return Optional.empty();
            }
            Files.createDirectories(folder);
            Files.createDirectories(units);
            for (Map.Entry<Path, String> file : files().entrySet()) {
                DurableFile.replace(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return Optional.of("its units cannot be written: " + e);
        }
        PROGRAMS.systemctl("daemon-reload");
        // A socket does not begin again while what it began runs.
        PROGRAMS.systemctl("stop", ENGINE + ".service", FILTER + ".service");
        LocalPrograms.Result linked = PROGRAMS.systemctl("link", unit(ENGINE + ".service"), unit(FILTER + ".service"));
        LocalPrograms.Result enabled = PROGRAMS.systemctl("enable", unit(ENGINE + ".socket"), unit(FILTER + ".socket"));
        LocalPrograms.Result started = PROGRAMS.systemctl("start", ENGINE + ".socket", FILTER + ".socket");
        if (!linked.succeeded() || !enabled.succeeded() || !started.succeeded()) {
            return Optional.of(String.join("\n", linked.output(), enabled.output(), started.output()));
        }
        return isRunning() ? Optional.empty() : Optional.of(PROGRAMS.newestLines(FILTER + ".service"));
    }

    private String unit(String name) {
        return units.resolve(name).toString();
    }

    private boolean isThere() throws IOException {
        for (Map.Entry<Path, String> file : files().entrySet()) {
            if (!Files.exists(file.getKey()) || !Files.readString(file.getKey()).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void stop() {
        try {
            if (Files.exists(units.resolve(ENGINE + ".socket"))) {
                PROGRAMS.systemctl("disable", "--now", ENGINE + ".socket", FILTER + ".socket");
                PROGRAMS.systemctl("disable", "--now", ENGINE + ".service", FILTER + ".service");
            }
            for (Path file : files().keySet()) {
                Files.deleteIfExists(file);
            }
            PROGRAMS.systemctl("daemon-reload");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it is, by file. */
    Map<Path, String> files() {
        Path config = folder.resolve("filter.cfg");
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(config, DockerFilter.config("fd@3", SOCKETS.resolve("control.sock")));
        files.put(
                units.resolve(ENGINE + ".socket"),
                socket("Everything that the container engine does", "control.sock", "0660"));
        files.put(units.resolve(FILTER + ".socket"), socket("What runs, asked by containers", "listing.sock", "0666"));
        files.put(units.resolve(ENGINE + ".service"), """
                # Written by the node's agent; what is changed here is overwritten.
                [Unit]
                Description=The container engine, asked by containers
                StartLimitIntervalSec=0

                [Service]
                Type=exec
                Delegate=true
                KillMode=process
                ExecStart=%s system service --time=60
                """.formatted(podman));
        files.put(units.resolve(FILTER + ".service"), """
                # Written by the node's agent; what is changed here is overwritten.
                [Unit]
                Description=Tells containers what runs, and changes nothing
                Requires=%1$s.socket
                After=%1$s.socket
                StartLimitIntervalSec=0

                [Service]
                Type=notify
                ExecStart=%2$s -Ws -f %3$s
                KillMode=mixed
                SuccessExitStatus=143
                LimitCORE=0
                MemoryMax=128M
                UMask=0077

                CapabilityBoundingSet=
                NoNewPrivileges=yes
                PrivateNetwork=yes
                PrivateDevices=yes
                PrivateTmp=yes
                ProtectSystem=strict
                ProtectHome=yes
                ProtectClock=yes
                ProtectControlGroups=yes
                ProtectHostname=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                ProtectProc=invisible
                LockPersonality=yes
                RestrictAddressFamilies=AF_UNIX
                RestrictNamespaces=yes
                RestrictRealtime=yes
                RestrictSUIDSGID=yes
                SystemCallArchitectures=native
                SystemCallFilter=@system-service
                SystemCallErrorNumber=EPERM
                """.formatted(ENGINE, haproxy, config));
        return files;
    }

    /** Its folder is root's alone on the node; containers have the socket itself. */
    private static String socket(String description, String name, String mode) {
        return """
                # Written by the node's agent; what is changed here is overwritten.
                [Unit]
                Description=%s

                [Socket]
                ListenStream=%s
                SocketMode=%s
                DirectoryMode=0700
                RemoveOnStop=yes

                [Install]
                WantedBy=sockets.target
                """.formatted(description, SOCKETS.resolve(name), mode);
    }
}
