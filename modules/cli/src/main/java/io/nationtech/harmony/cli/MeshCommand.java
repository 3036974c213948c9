package io.nationtech.harmony.cli;

import picocli.CommandLine.Command;

/** Groups what is about who may enter the mesh; says so itself when nothing else is asked. */
@Command(
        name = "mesh",
        description = "Who may enter the mesh: its keys, what its servers need, and logins.",
        synopsisSubcommandLabel = "(create | server | site | login | renew | list | revoke | words | show)",
        footer = {
            "",
            "A mesh of one's own, from nothing:",
            "  harmony mesh create > mesh-ca.crt",
            "  harmony mesh server --address 192.0.2.1 mesh-server",
            "  (cd mesh-server && nats-server -c nats.conf)",
            "  harmony mesh login --operator ada",
            "  harmony mesh login --node node-1"
        })
final class MeshCommand {}
