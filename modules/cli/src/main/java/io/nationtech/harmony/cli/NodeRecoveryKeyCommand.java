package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.RecoveryKey;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.NodeReading;
import io.nationtech.harmony.secrets.SealedSecret;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.Unsealing;
import io.nationtech.harmony.secrets.age.AgeUnsealing;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "recovery-key",
        description = "Show what opens a node's disk where its TPM does not.",
        footer = {
            "",
            "A node with a TPM encrypts what it keeps. When the TPM was reset or the board replaced, it asks for this key",
            "at its screen, once: it is typed with its hyphens. Then the disk is sealed to the TPM that is there.",
            "The node seals the key for whoever runs the mesh, so it is had from the mesh when the node is off, too.",
            "It opens that disk for whoever has it.",
            "",
            "Example:",
            "  harmony node recovery-key node-1"
        })
final class NodeRecoveryKeyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private NodeArgument node = new NodeArgument();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    NodeRecoveryKeyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        NodeId wanted = node.id();
        try (MeshSession session = mesh.open();
                Secrets store = secrets.open()) {
            NodeInfo info = session.fleet()
                    .reading(wanted)
                    .map(NodeReading::status)
                    .orElseThrow(node::unknown)
                    .info();
            RecoveryKey told =
                    info.machine().system().flatMap(NodeSystem::recovery).orElseThrow(() -> untold(wanted));
            try (Unsealing unsealing = new AgeUnsealing(new MeshKeys(store).recovery())) {
                switch (unsealing.open(RecoveryKey.NAME, SealedSecret.parse(told.sealed()))) {
                    case Unsealing.Opened.Value(var held) -> write(held.secret());
                    case Unsealing.Opened.Refused(Cause why) ->
                        throw failed(
                                "the recovery key of '%s' cannot be opened: %s".formatted(wanted, why.what()),
                                store.place(),
                                "it is sealed for whoever gave the node its login: name their store with --environment, --secrets or --openbao");
                }
            }
        }
        return ExitCode.DONE.code();
    }

    private static CommandFailedException untold(NodeId node) {
        return failed(
                "'%s' has told no recovery key".formatted(node),
                "mesh, node info",
                "its disk is not encrypted, as it has no TPM 2.0; or its login is of before: `harmony mesh renew` once it asks for another");
    }

    private static CommandFailedException failed(String what, String where, String next) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, where, next));
    }

    private void write(Secret key) {
        try (key) {
            key.read(value -> {
                terminal.out().write(value, 0, value.length);
                return value.length;
            });
            terminal.out().println();
            terminal.out().flush();
        }
    }
}
