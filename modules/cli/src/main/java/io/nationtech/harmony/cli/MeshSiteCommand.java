package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.nats.NatsSites;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.ShownLogin;
import io.nationtech.harmony.nats.identity.Token;
import io.nationtech.harmony.secrets.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "site",
        description = "Join a site's server to the hub: what its nodes are told goes there, what they say comes here.",
        footer = {
            "",
            "Its server has to run, of `harmony mesh server --site`, with the same nodes. Again with other nodes, it",
            "is changed.",
            "",
            "Example:",
            "  harmony mesh site shop-7 --nodes node-1,node-2"
        })
final class MeshSiteCommand implements Callable<Integer> {
    private static final Duration ONE_TASK = Duration.ofMinutes(5);
    private static final ClientName SELF = ClientName.of("harmony");

    private final Terminal terminal;

    @Parameters(
            paramLabel = "<site>",
            converter = MeshLoginCommand.ReadName.class,
            description = "of `harmony mesh server --site`")
    private ClientName site = ClientName.of("unnamed");

    @Option(
            names = "--nodes",
            paramLabel = "<node>",
            split = ",",
            required = true,
            converter = NodeArgument.ReadId.class,
            description = "the nodes of the site")
    private List<NodeId> nodes = List.of();

    @Mixin
    private MeshOption option = new MeshOption();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    MeshSiteCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Instant now = terminal.clock().instant();
        try (Secrets store = secrets.open();
                MeshAuthority keys = new MeshKeys(store).keys();
                KeyPair key = KeyPair.generate(KeyKind.USER)) {
            Token token =
                    keys.loginOfOne(MeshRoles.joining(site.value()), SELF, key.publicKey(), now.plus(ONE_TASK), now);
            NatsSites.join(
                    option.as(() -> new ShownLogin(new Login(token, KeyPair.ofSeed(key.seed())), terminal.clock())),
                    site.value(),
                    SiteBuckets.of(nodes));
            terminal.say("Site '%s' is joined: its server keeps what %s are told, and the hub hears what they say"
                    .formatted(site, nodes.stream().map(NodeId::value).collect(Collectors.joining(", "))));
        }
        return ExitCode.DONE.code();
    }
}
