package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.files.DurableFile;
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
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "The same name again replaces the file, which connections take up the next time that they are",
            "made. The login before goes on until its end, or until `harmony mesh revoke`.",
            "",
            "Examples:",
            "  harmony mesh login --operator ada",
            "  harmony mesh login --node node-1 --days 90 --file node-1.creds"
        })
final class MeshLoginCommand implements Callable<Integer> {
    private static final int MOST_DAYS = 3_650;

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

        MeshRole role() {
            if (node.isPresent()) {
                return MeshRoles.NODE;
            }
            return operator.isPresent() ? MeshRoles.OPERATOR : MeshRoles.ONLOOKER;
        }
    }

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
        Instant now = terminal.clock().instant();
        Instant end = now.plus(lifetime);
        try (Secrets store = secrets.open();
                MeshAuthority keys = new MeshKeys(store).keys();
                KeyPair key = KeyPair.generate(KeyKind.USER)) {
            MeshKeys mesh = new MeshKeys(store);
            // First what can be revoked, then what can be shown: of the two, only this order is safe to break off in.
            mesh.add(new Issued(who.name(), who.role().name(), key.publicKey(), now, end, Optional.empty()), now);
            Token token = keys.login(who.role(), who.name(), key.publicKey(), end, now);
            write(new Login(token, key), target);
            terminal.say("The login of %s '%s', until %tF, is in %s; whoever has the file is let in by it"
                    .formatted(who.role().name(), who.name(), Date.from(end), target));
            tellNext(target);
        }
        return ExitCode.DONE.code();
    }

    private void tellNext(Path target) {
        terminal.say(
                who.role().equals(MeshRoles.NODE)
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
