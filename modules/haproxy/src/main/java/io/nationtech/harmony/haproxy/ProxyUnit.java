package io.nationtech.harmony.haproxy;

import static io.nationtech.harmony.haproxy.Installed.PROGRAMS;

import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * haproxy as a unit of systemd, for a user of its own who may do nothing but take ports below 1024. Keys are in memory only, so there is
 * nothing to begin with after a restart of the machine before the agent, which needs no mesh for that.
 */
record ProxyUnit(Purpose purpose, Path program, Path folder, Path units) implements ProxyProcess {

    /** What it is there for. */
    enum Purpose {
        INGRESS("harmony-ingress", "HTTPS for names of the site"),
        ENDPOINTS("harmony-endpoints", "Ways from containers to services of other deployments");

        private final String unit;
        private final String description;

        Purpose(String unit, String description) {
            this.unit = unit;
            this.description = description;
        }
    }

    /** Its unit. */
    String name() {
        return purpose.unit + ".service";
    }

    private Path sockets() {
        return Path.of("/run", purpose.unit);
    }

    @Override
    public CommandSocket master() {
        return new CommandSocket(sockets().resolve("master.sock"));
    }

    @Override
    public CommandSocket worker() {
        return new CommandSocket(sockets().resolve("worker.sock"));
    }

    @Override
    public String identity() {
        return "";
    }

    @Override
    public Optional<String> start() {
        try {
            Files.createDirectories(units);
            DurableFile.replace(units.resolve(name()), text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.of("its unit cannot be written: " + e);
        }
        PROGRAMS.systemctl("daemon-reload");
        LocalPrograms.Result ended = PROGRAMS.systemctl("restart", name());
        return ended.succeeded() ? Optional.empty() : Optional.of(ended.output() + "\n" + PROGRAMS.newestLines(name()));
    }

    @Override
    public void stop() {
        PROGRAMS.systemctl("stop", name());
    }

    String text() {
        return """
                # Written by the node's agent; what is changed here is overwritten.
                [Unit]
                Description=%5$s
                After=network.target
                StartLimitIntervalSec=0

                [Service]
                Type=notify
                User=haproxy
                Group=haproxy
                RuntimeDirectory=%1$s
                RuntimeDirectoryMode=0750
                ExecStart=%2$s -Ws -S %3$s,mode,600 -f %4$s
                KillMode=mixed
                Restart=always
                RestartSec=1
                SuccessExitStatus=143
                LimitNOFILE=65536
                LimitCORE=0
                MemoryMax=512M
                OOMScoreAdjust=-250
                UMask=0077

                AmbientCapabilities=CAP_NET_BIND_SERVICE
                CapabilityBoundingSet=CAP_NET_BIND_SERVICE
                NoNewPrivileges=yes
                ProtectSystem=strict
                ProtectHome=yes
                ProtectClock=yes
                ProtectControlGroups=yes
                ProtectHostname=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                ProtectProc=invisible
                PrivateDevices=yes
                PrivateTmp=yes
                LockPersonality=yes
                RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
                RestrictNamespaces=yes
                RestrictRealtime=yes
                RestrictSUIDSGID=yes
                SystemCallArchitectures=native
                SystemCallFilter=@system-service
                SystemCallErrorNumber=EPERM
                """.formatted(
                purpose.unit, program, master().path(), folder.resolve(ProxyFolder.CONFIG), purpose.description);
    }
}
