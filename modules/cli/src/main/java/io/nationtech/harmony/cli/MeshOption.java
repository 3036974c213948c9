package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.fleet.Signatures;
import io.nationtech.harmony.mesh.MeshLogin;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAccess.Authority;
import io.nationtech.harmony.mesh.nats.NatsAccess.Identity;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.ShownLogin;
import io.nationtech.harmony.operator.LoadedModule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the mesh is, and how it and we know each other. */
final class MeshOption {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration RESYNC = Duration.ofSeconds(10);

    @Option(
            names = "--mesh",
            paramLabel = "<url>",
            split = ",",
            defaultValue = "${env:HARMONY_MESH:-nats://127.0.0.1:4222}",
            converter = ReadAddress.class,
            description = "where the mesh is; several addresses with commas (environment: HARMONY_MESH;"
                    + " now: ${DEFAULT-VALUE})")
    private List<NatsAddress> servers = List.of();

    @Option(
            names = "--mesh-login",
            paramLabel = "<file>",
            defaultValue = "${env:HARMONY_MESH_LOGIN:-}",
            description = "the login that lets in, of `harmony mesh login` (environment: HARMONY_MESH_LOGIN)")
    private String login = "";

    @Option(
            names = "--mesh-ca",
            paramLabel = "<file>",
            defaultValue = "${env:HARMONY_MESH_CA:-}",
            description = "the certificate by which its servers are known, of `harmony mesh show`; else those that the"
                    + " platform trusts (environment: HARMONY_MESH_CA)")
    private String authority = "";

    MeshSession open() {
        return open(ResourceKinds.installed());
    }

    /** With the kinds of resources that a deployment's modules bring. */
    MeshSession open(LoadedModule module) {
        return open(module.kinds());
    }

    private MeshSession open(ResourceKinds kinds) {
        return MeshSession.open(options(identity()), signatures(), kinds);
    }

    /** Where; never empty. */
    List<NatsAddress> servers() {
        return List.copyOf(servers);
    }

    /** The file of the login, if there is to be one. */
    Optional<Path> login() {
        return Optional.of(login).filter(file -> !file.isEmpty()).map(Path::of);
    }

    /** The file of certificates by which servers are known, if there is to be one. */
    Optional<Path> authority() {
        return Optional.of(authority).filter(file -> !file.isEmpty()).map(Path::of);
    }

    /** How both ends know each other. */
    NatsAccess access() {
        return access(identity());
    }

    private NatsAccess access(Identity identity) {
        return new NatsAccess(
                identity, authority().<Authority>map(Authority.OfFile::new).orElseGet(Authority.OfPlatform::new));
    }

    private Identity identity() {
        return login.isEmpty()
                ? new Identity.OfAddress()
                : new Identity.OfLogin(() -> ShownLogin.read(Path.of(login), InstantSource.system()));
    }

    private Signatures signatures() {
        return login.isEmpty() ? Signatures.none() : new LoginSignatures(Path.of(login), InstantSource.system());
    }

    /** How the mesh is reached as somebody else. */
    NatsOptions as(Supplier<MeshLogin> other) {
        return options(new Identity.OfLogin(other));
    }

    private NatsOptions options(Identity identity) {
        return new NatsOptions(servers, "harmony command line", ANSWER, RESYNC, access(identity));
    }

    /** Reads one address. */
    static final class ReadAddress implements ITypeConverter<NatsAddress> {
        @Override
        public NatsAddress convert(String text) {
            try {
                return NatsAddress.parse(text.strip());
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
