package io.nationtech.harmony.cli;

/** The unit by which systemd keeps a server of the mesh running, in the server's own folder: it holds wherever that is taken. */
final class MeshServerUnit {
    /** Of the file. */
    static final String NAME = "harmony-mesh.service";

    private MeshServerUnit() {}

    /**
     * With so many nodes that memory counts, Go's collector runs when a third more is in use, not when it is as much again: 5,000 nodes took 640 MiB
     * instead of 846 (bench-fleet).
     */
    static String text() {
        return """
            # Written by `harmony mesh server`, which writes it anew. To have it run, also after a restart of the machine:
            #   systemctl enable --now <this file, with its whole path>
            [Unit]
            Description=A server of Harmony's mesh
            Wants=network-online.target
            After=network-online.target

            [Service]
            WorkingDirectory=%Y
            ExecStart=nats-server -c nats.conf
            ExecReload=kill -HUP $MAINPID
            Environment=GOGC=30
            Restart=always
            RestartSec=1s
            NoNewPrivileges=yes
            CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_DAC_OVERRIDE
            ProtectSystem=strict
            ReadWritePaths=%Y
            PrivateDevices=yes
            ProtectKernelTunables=yes
            ProtectKernelModules=yes
            ProtectControlGroups=yes
            ProtectClock=yes
            RestrictNamespaces=yes
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
            SystemCallFilter=@system-service
            MemoryDenyWriteExecute=yes
            LockPersonality=yes

            [Install]
            WantedBy=multi-user.target
            """;
    }
}
