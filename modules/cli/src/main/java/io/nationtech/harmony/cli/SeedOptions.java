package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.Token;
import io.nationtech.harmony.seed.Certificates;
import io.nationtech.harmony.seed.Mesh;
import io.nationtech.harmony.seed.NodeLogin;
import io.nationtech.harmony.seed.Registries;
import io.nationtech.harmony.seed.Seed;
import io.nationtech.harmony.seed.SeedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What a stick is to tell its node: a seed, and files that belong into it. None of it stands on the command line itself. */
final class SeedOptions {
    private static final int LARGEST_FILE = 16 << 10;

    @Option(
            names = "--seed",
            paramLabel = "<file>",
            description = "what the node is told, of `harmony usb template` (default: nothing)")
    private Optional<Path> seed = Optional.empty();

    @Option(
            names = "--login",
            paramLabel = "<file>",
            description =
                    "what lets the node into the mesh, of `harmony mesh login --node`; in place of the seed's own")
    private Optional<Path> login = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "<file>",
            description = "the certificate by which the mesh's servers are known, of `harmony mesh show`")
    private Optional<Path> authority = Optional.empty();

    @Option(
            names = "--registries",
            paramLabel = "<file>",
            description = "where container images come from, as in containers-registries.conf(5)")
    private Optional<Path> registries = Optional.empty();

    /**
     * @throws CommandFailedException when anything is wrong with it
     */
    Seed read(Instant now) {
        Seed own = seed.map(file -> parse(bytes(file, SeedFile.LARGEST), file.toString()))
                .orElse(Seed.EMPTY);
        Seed whole = withRegistries(withMesh(own));
        whole.mesh().flatMap(Mesh::login).ifPresent(nodes -> requireOfNode(nodes, whole, now));
        return whole;
    }

    private Seed withMesh(Seed own) {
        if (login.isEmpty() && authority.isEmpty()) {
            return own;
        }
        Mesh mesh = own.mesh()
                .orElseThrow(() -> refused(
                        "--login and --ca are of a mesh, and the seed does not say where its servers are",
                        seed.map(Path::toString).orElse("there is no --seed"),
                        "say in the seed: [Mesh], and below it `servers = tls://192.0.2.1`"));
        return own.with(new Mesh(
                mesh.servers(),
                authority
                        .map(file -> made(file, text -> new Certificates(text)))
                        .or(mesh::authority),
                login.map(file -> made(file, text -> new NodeLogin(text))).or(mesh::login)));
    }

    private Seed withRegistries(Seed own) {
        return registries
                .map(file -> own.with(own.node().with(made(file, text -> new Registries(text)))))
                .orElse(own);
    }

    /** An operator's login on a stick would be the fleet on a stick; one that is over helps nobody. */
    private static void requireOfNode(NodeLogin login, Seed seed, Instant now) {
        try (Login read = Login.read(login.creds().getBytes(StandardCharsets.US_ASCII))) {
            Token token = read.token();
            if (token.keyOf(LoginSignatures.NODES).filter(token::isLetInBy).isEmpty()) {
                throw refused(
                        "the login of '%s' is not a node's".formatted(token.name()),
                        "the login for the stick",
                        "`harmony mesh login --node <name>` makes one");
            }
            if (read.isOver(now)) {
                throw refused(
                        "the login of '%s' is over since %tF"
                                .formatted(token.name(), Date.from(token.until().orElse(now))),
                        "the login for the stick",
                        "`harmony mesh login --node %s` makes another".formatted(token.name()));
            }
            seed.node()
                    .name()
                    .filter(name -> !name.value().equals(token.name()))
                    .ifPresent(name -> {
                        throw refused(
                                "the login is that of node '%s', and the seed calls the node '%s'"
                                        .formatted(token.name(), name),
                                "the login for the stick",
                                "leave `name` out of the seed, or `harmony mesh login --node %s`".formatted(name));
                    });
        } catch (InvalidValueException e) {
            throw refused(
                    String.valueOf(e.getMessage()),
                    "the login for the stick",
                    "`harmony mesh login --node <name>` makes one");
        }
    }

    /**
     * Reads a seed.
     *
     * @throws CommandFailedException with all that is wrong with it
     */
    static Seed parse(byte[] bytes, String where) {
        return switch (Seed.parse(new String(bytes, StandardCharsets.UTF_8))) {
            case Seed.Parsed.Good(Seed good) -> good;
            case Seed.Parsed.Bad bad ->
                throw refused(
                        bad.refusal("the seed is wrong"),
                        where,
                        "correct it; `harmony usb template` shows what can be said");
        };
    }

    private static <T> T made(Path file, Function<String, T> parser) {
        try {
            return parser.apply(new String(bytes(file, LARGEST_FILE), StandardCharsets.UTF_8));
        } catch (InvalidValueException e) {
            throw refused(String.valueOf(e.getMessage()), file.toString(), "name another file");
        }
    }

    /**
     * @throws CommandFailedException when it has more bytes, or cannot be read
     */
    private static byte[] bytes(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw refused("the file has more than %d bytes".formatted(most), file.toString(), "name another file");
            }
            return bytes;
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause("the file cannot be read: " + e, file.toString(), "name a file that you may read"),
                    e);
        }
    }

    private static CommandFailedException refused(String what, String where, String next) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, where, next));
    }
}
