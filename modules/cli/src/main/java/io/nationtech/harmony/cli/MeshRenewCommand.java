package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.NodeLogins;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.PublicKey;
import io.nationtech.harmony.nats.identity.Token;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "renew",
        description = {
            "Issue the logins for which nodes ask.",
            "A node whose login ends within 30 days makes a key that never leaves it, and asks for a login for that."
        },
        footer = {
            "",
            "A node that was given a login of a day asks at once. Once it has its own, the one that it was given is",
            "revoked: whoever finds that on a stick gets in no more. A node that is off takes up its own when it is back;",
            "run this again then.",
            "",
            "Example:",
            "  harmony mesh renew"
        })
final class MeshRenewCommand implements Callable<Integer> {
    /** A node looks every 5 s. */
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(30);

    private final Terminal terminal;

    @Option(
            names = "--days",
            paramLabel = "<number>",
            defaultValue = "365",
            converter = MeshLoginCommand.ReadDays.class,
            description = "how long they count, 31 to 3650 (default: ${DEFAULT-VALUE})")
    private Duration lifetime = Duration.ofDays(365);

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    MeshRenewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (lifetime.compareTo(Token.EARLY) <= 0) {
            throw new InvalidValueException(
                    "a node asks for another login 30 days before the end of one; give it more than that: --days");
        }
        try (Secrets store = secrets.open();
                MeshAuthority keys = new MeshKeys(store).keys();
                MeshSession session = mesh.open()) {
            return new Renewal(
                            new MeshKeys(store),
                            keys,
                            session.fleet().nodeLogins(),
                            terminal.clock().instant())
                    .run();
        }
    }

    /** One run of the command. */
    private final class Renewal {
        private final MeshKeys kept;
        private final MeshAuthority keys;
        private final NodeLogins logins;
        private final Instant now;
        private final Set<NodeId> issued = new HashSet<>();
        private boolean isAllWell = true;

        Renewal(MeshKeys kept, MeshAuthority keys, NodeLogins logins, Instant now) {
            this.kept = kept;
            this.keys = keys;
            this.logins = logins;
            this.now = now;
        }

        int run() throws InterruptedException {
            IssuedLogins known = kept.logins();
            List<RequestedLogin> all = logins.asked().stream()
                    .map(asked -> RequestedLogin.of(asked, known))
                    .toList();
            if (!all.isEmpty()) {
                RecipientKey recovery = kept.recoveryRecipient();
                all.forEach(requested -> answer(requested, recovery));
            }
            if (issued.isEmpty() && isAllWell) {
                terminal.say("No node asks for a login");
            }
            Set<NodeId> taken = logins.awaitTaken(issued, TAKEN_WITHIN);
            issued.stream()
                    .filter(node -> !taken.contains(node))
                    .sorted()
                    .forEach(node -> terminal.say(
                            "%s: has not taken it up yet; run this again once it is there".formatted(node)));
            revokeReplaced();
            return (isAllWell ? ExitCode.DONE : ExitCode.FAILED).code();
        }

        private void answer(RequestedLogin requested, RecipientKey recovery) {
            switch (requested) {
                case RequestedLogin.Due(NodeId node, ClientName name, PublicKey key) ->
                    issue(node, name, key, recovery);
                // Again, as whoever issued it may have been cut off.
                case RequestedLogin.Waiting(NodeId node, Issued before) -> send(node, before, recovery);
                case RequestedLogin.Refused(NodeId _, var why) -> {
                    terminal.complain(why);
                    isAllWell = false;
                }
            }
        }

        private void issue(NodeId node, ClientName name, PublicKey key, RecipientKey recovery) {
            Issued fresh = new Issued(name, MeshRoles.NODE.name(), key, now, now.plus(lifetime), Optional.empty());
            kept.add(fresh, now);
            send(node, fresh, recovery);
            terminal.say("%s: a login until %tF".formatted(node, Date.from(fresh.until())));
        }

        private void send(NodeId node, Issued one, RecipientKey recovery) {
            Token token = keys.loginOfNode(recovery, MeshRoles.NODE, one.name(), one.key(), one.until(), now);
            logins.issue(node, token.text());
            issued.add(node);
        }

        /** Of nodes that have what was issued last: the ones before it are of use to others only. */
        private void revokeReplaced() {
            Set<NodeId> asking =
                    logins.asked().stream().map(NodeLogins.Asked::node).collect(Collectors.toSet());
            IssuedLogins before = kept.logins();
            List<Issued> last = logins.issued().entrySet().stream()
                    .filter(one -> !asking.contains(one.getKey()))
                    .flatMap(one -> newest(before, one.getKey()).filter(login -> isOf(login, one.getValue())).stream())
                    .filter(before::hasReplaced)
                    .toList();
            // Servers are told each time, also of what an earlier run kept and could not tell.
            AccountUpdate.push(mesh, keys, kept.revokeReplaced(last, now), terminal.clock());
            last.forEach(one -> terminal.say("%s: has its own; what it had before is revoked".formatted(one.name())));
        }
    }

    private static Optional<Issued> newest(IssuedLogins logins, NodeId node) {
        return logins.of(ClientName.of(node.value())).stream()
                .filter(one -> one.revoked().isEmpty() && one.role().equals(MeshRoles.NODE.name()))
                .max(Comparator.comparing(Issued::at));
    }

    private static boolean isOf(Issued one, String token) {
        try {
            return Token.parse(token).about().equals(one.key());
        } catch (InvalidValueException e) {
            return false;
        }
    }
}
