package io.nationtech.harmony.nameservers;

import static io.nationtech.harmony.nameservers.Installed.PROGRAMS;

import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A name server as a unit of systemd, for a user of its own who may do nothing but take ports below 1024. */
record ServerUnit(ServerProgram program, Path units) implements ServerProcess {
    private static final Path UNITS = Path.of("/run/systemd/system");

    static ServerUnit of(ServerProgram program) {
        return new ServerUnit(program, UNITS);
    }

    /** Whether what the node runs is units of systemd. */
    static boolean isUsed(NodeContext context) {
        return context.settings().apply("runtime").filter("quadlet"::equals).isPresent();
    }

    String name() {
        return program.unit() + ".service";
    }

    @Override
    public Optional<String> becomes() {
        return Optional.empty();
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
                Description=%1$s
                After=network.target
                StartLimitIntervalSec=0

                [Service]
                Type=notify
                User=%2$s
                Group=%2$s
                RuntimeDirectory=%3$s
                RuntimeDirectoryMode=0750
                ExecStart=%4$s
                Restart=always
                RestartSec=1
                TimeoutStartSec=15
                TimeoutStopSec=10
                LimitNOFILE=65536
                LimitCORE=0
                TasksMax=256
                MemoryMax=%5$s
                OOMScoreAdjust=-250
                UMask=0077

                # Debian's own profile of unbound knows Debian's files alone; what follows is narrower.
                AppArmorProfile=-unconfined
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
                ProcSubset=pid
                PrivateDevices=yes
                PrivateTmp=yes
                LockPersonality=yes
                MemoryDenyWriteExecute=yes
                RemoveIPC=yes
                # unbound lists the interfaces of the node by netlink.
                RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
                RestrictNamespaces=yes
                RestrictRealtime=yes
                RestrictSUIDSGID=yes
                SystemCallArchitectures=native
                SystemCallFilter=@system-service
                SystemCallFilter=~@privileged
                SystemCallErrorNumber=EPERM
                """.formatted(
                        program.description(),
                        program.user(),
                        program.unit(),
                        String.join(" ", program.words()),
                        program.memory());
    }
}
