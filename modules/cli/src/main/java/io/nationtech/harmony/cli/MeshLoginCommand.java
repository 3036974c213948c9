package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.fleet.Grant;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.MeshRole;
import io.nationtech.harmony.nats.identity.Token;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "login",
        description = "Let a node or a person into the mesh: write a login into a file for its owner alone.",
        footer = {
            "",
            "A node may tell of itself, and reads what it is told. An operator deploys. An onlooker reads,",
            "and neither sealed secrets nor logs. An agent that operates deployments gets a login of",
            "--operator by the name of its node.",
            "An operator with --deployments or --nodes may deploy these alone, and onto these alone: nodes follow",
            "nothing else that they sign. Names are exact.",
            "The same name again replaces the file, which connections take up the next time that they are",
            "made. The login before goes on until its end, or until `harmony mesh revoke`.",
            "",
            "Examples:",
            "  harmony mesh login --operator ada",
            "  harmony mesh login --operator eve --deployments photos,photos-db --nodes node-1,node-2",
            "  harmony mesh login --node node-1 --days 90 --file node-1.creds"
        })
final class MeshLoginCommand implements Callable<Integer> {
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_NAMES = 30;

    private final Terminal terminal;

    @ArgGroup(multiplicity = "1")
    private Who who = new Who();

    /** One of them. */
    static final class Who {
        @Option(
                names = "--node",
                paramLabel = "<name>",
                converter = ReadName.class,
                description = "for this node's agent")
        private Optional<ClientName> node = Optional.empty();

        @Option(
                names = "--operator",
                paramLabel = "<name>",
                converter = ReadName.class,
                description = "for somebody who deploys")
        private Optional<ClientName> operator = Optional.empty();

        @Option(
                names = "--onlooker",
                paramLabel = "<name>",
                converter = ReadName.class,
                description = "for somebody who looks on")
        private Optional<ClientName> onlooker = Optional.empty();

        ClientName name() {
            return node.or(() -> operator).or(() -> onlooker).orElseThrow();
        }

        MeshRole role(Grant grant) {
            if (operator.isPresent()) {
                return grant.equals(Grant.ALL) ? MeshRoles.OPERATOR : MeshRoles.DEPLOYER;
            }
            if (!grant.equals(Grant.ALL)) {
                throw new InvalidValueException("--deployments and --nodes are of an operator: add --operator <name>");
            }
            return node.isPresent() ? MeshRoles.NODE : MeshRoles.ONLOOKER;
        }
    }

    @Option(
            names = "--deployments",
            paramLabel = "<name>",
            split = ",",
            converter = ReadDeployment.class,
            description = "what the operator may deploy, with commas (default: everything)")
    private List<DeploymentName> deployments = List.of();

    @Option(
            names = "--nodes",
            paramLabel = "<node>",
            split = ",",
            converter = NodeArgument.ReadId.class,
            description = "the nodes onto which, with commas (default: all)")
    private List<NodeId> nodes = List.of();

    @Option(
            names = "--days",
            paramLabel = "<number>",
            defaultValue = "365",
            converter = ReadDays.class,
            description = "how long it counts, 1 to 3650 (default: ${DEFAULT-VALUE})")
    private Duration lifetime = Duration.ofDays(365);

    @Option(names = "--file", paramLabel = "<file>", description = "where to (default: <name>.creds, here)")
    private Optional<Path> file = Optional.empty();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    MeshLoginCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path target = file.orElseGet(() -> Path.of(who.name() + ".creds")).toAbsolutePath();
        requireReplaceable(target);
        Grant grant = new Grant(some(deployments), some(nodes));
        requireFew(deployments.size() + nodes.size());
        MeshRole role = who.role(grant);
        Instant now = terminal.clock().instant();
        Instant end = now.plus(lifetime);
        try (Secrets store = secrets.open();
                MeshAuthority keys = new MeshKeys(store).keys();
                KeyPair key = KeyPair.generate(KeyKind.USER)) {
            MeshKeys mesh = new MeshKeys(store);
            // First what can be revoked, then what can be shown: of the two, only this order is safe to break off in.
            Issued one = new Issued(who.name(), role.name(), key.publicKey(), now, end, Optional.empty(), grant);
            mesh.add(one, now);
            write(new Login(token(mesh, keys, role, one, now), key), target);
            terminal.say("The login of %s '%s', until %tF, is in %s; whoever has the file is let in by it"
                    .formatted(role.name(), who.name(), Date.from(end), target));
            if (role.equals(MeshRoles.DEPLOYER)) {
                terminal.say("It may deploy " + grant);
            }
            tellNext(role, target);
        }
        return ExitCode.DONE.code();
    }

    private static Token token(MeshKeys mesh, MeshAuthority keys, MeshRole role, Issued one, Instant now) {
        if (role.equals(MeshRoles.NODE)) {
            return keys.loginOfNode(mesh.recoveryRecipient(), role, one.name(), one.key(), one.until(), now);
        }
        return role.equals(MeshRoles.DEPLOYER)
                ? keys.loginWithin(one.grant(), role, one.name(), one.key(), one.until(), now)
                : keys.login(role, one.name(), one.key(), one.until(), now);
    }

    /** A server keeps some subjects for each pair while they are connected, and each word that they sign has the names. */
    private static void requireFew(int names) {
        if (names > MOST_NAMES) {
            throw new InvalidValueException(
                    "%d names of deployments and nodes are more than the %d that a login has: leave out --nodes for all nodes, or --deployments for everything"
                            .formatted(names, MOST_NAMES));
        }
    }

    private static <T> Optional<SortedSet<T>> some(List<T> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(new TreeSet<>(names));
    }

    /** As they are typed. */
    static String options(Grant grant) {
        return option("--deployments", grant.deployments()) + option("--nodes", grant.nodes());
    }

    private static String option(String name, Optional<? extends SortedSet<?>> names) {
        return names.map(some ->
                        some.stream().map(Object::toString).collect(Collectors.joining(",", " " + name + " ", "")))
                .orElse("");
    }

    private void tellNext(MeshRole role, Path target) {
        terminal.say(
                role.equals(MeshRoles.NODE)
                        ? "  → on the node, HARMONY_MESH_LOGIN names it, and HARMONY_MESH_CA the certificate of `harmony mesh show`"
                        : "  → export HARMONY_MESH_LOGIN=%s, and HARMONY_MESH_CA for the certificate of `harmony mesh show`"
                                .formatted(target));
    }

    private static void requireReplaceable(Path target) {
        if (!Files.exists(target)) {
            return;
        }
        try {
            Login.readFile(target).close();
        } catch (InvalidValueException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "there is something else already: " + e.getMessage(),
                            target.toString(),
                            "nothing was changed; name another file: --file"),
                    e);
        }
    }

    static void write(Login login, Path target) {
        try (Secret text = login.text()) {
            Optional<IOException> failed = text.read(bytes -> {
                try {
                    DurableFile.replacePrivate(target, bytes);
                    return Optional.empty();
                } catch (IOException e) {
                    return Optional.of(e);
                }
            });
            failed.ifPresent(e -> {
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        new Cause(
                                "the login cannot be written: " + e,
                                target.toString(),
                                "name a file where you may write: --file"),
                        e);
            });
        }
    }

    /** Reads a name. */
    static final class ReadName implements ITypeConverter<ClientName> {
        @Override
        public ClientName convert(String text) {
            try {
                return ClientName.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException("'%s': %s".formatted(text, e.getMessage()));
            }
        }
    }

    /** Reads a deployment's name. */
    static final class ReadDeployment implements ITypeConverter<DeploymentName> {
        @Override
        public DeploymentName convert(String text) {
            try {
                return DeploymentName.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException("'%s': %s".formatted(text, e.getMessage()));
            }
        }
    }

    /** Reads a number of days. */
    static final class ReadDays implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_DAYS) {
                return Duration.ofDays(Integer.parseInt(text));
            }
            throw new TypeConversionException("'%s' is not a number of days from 1 to %d".formatted(text, MOST_DAYS));
        }
    }
}
