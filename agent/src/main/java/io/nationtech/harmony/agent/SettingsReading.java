package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.form.Sha256;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAccess.Authority;
import io.nationtech.harmony.mesh.nats.NatsAccess.Identity;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.ShownLogin;
import io.nationtech.harmony.podman.NodeShares;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.openbao.OpenBaoSettings;
import io.nationtech.harmony.secrets.openbao.OpenBaoToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the settings, and finds everything that is wrong with them before it says so. */
final class SettingsReading {
    private static final String DEFAULT_STATE = "/var/lib/harmony";
    private static final String DEFAULT_SITE = "home";
    private static final String APPLICATION = "io.nationtech.harmony.node";
    private static final int ID_DIGITS = 12;
    private static final int LONGEST_SHOWN = 100;

    private final Given given;
    private final List<String> problems = new ArrayList<>();

    /** What came of it. */
    sealed interface Result {
        record Read(Settings settings) implements Result {}

        /** One line for each setting that is wrong: which, its value, what is allowed. */
        record Refused(List<String> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    private SettingsReading(Given given) {
        this.given = given;
    }

    static Result read(Given given) {
        return new SettingsReading(given).read();
    }

    private Result read() {
        List<NatsAddress> mesh = value(Setting.MESH, SettingsReading::mesh).orElse(List.of());
        Path state = value(Setting.STATE, SettingsReading::folder).orElseGet(this::usualState);
        Optional<LoginFiles> login = login(state.resolve("mesh-login.creds"));
        Optional<NodeId> named = value(Setting.NODE, NodeId::of);
        Optional<NodeId> node = login.flatMap(files -> nodeOfLogin(files.newest(), named))
                .or(() -> named)
                .or(this::nodeOfMachine);
        NatsAccess access = access(mesh, login);
        SiteName site = value(Setting.SITE, SiteName::of).orElse(SiteName.of(DEFAULT_SITE));
        Optional<FailureDomain> failureDomain = value(Setting.FAILURE_DOMAIN, FailureDomain::of);
        Optional<IpAddress> address = value(Setting.ADDRESS, IpAddress::of);
        Optional<IpAddress> publishAt = value(Setting.PUBLISH, IpAddress::of);
        UplinkClass uplink = value(Setting.UPLINK, SettingsReading::uplink).orElse(UplinkClass.UNKNOWN);
        Settings.Tool tool = value(Setting.RUNTIME, SettingsReading::tool).orElseGet(this::usualTool);
        NodeShares shares = value(Setting.SHARES, NodeShares::parse).orElse(NodeShares.NONE);
        requireApart(shares, state);
        Path operate = value(Setting.OPERATE, SettingsReading::folder).orElseGet(() -> state.resolve("operate"));
        SecretsSettings secrets = secrets(state);
        if (node.isEmpty() || !problems.isEmpty()) {
            return new Result.Refused(problems);
        }
        FailureDomain ownDomain =
                failureDomain.orElseGet(() -> FailureDomain.of(node.get().value()));
        return new Result.Read(new Settings(
                mesh,
                access,
                login,
                node.get(),
                site,
                ownDomain,
                address,
                publishAt,
                uplink,
                tool,
                shares,
                operate,
                secrets,
                state));
    }

    /** Servers let a node write of whom its login names alone, so it is no other node. */
    private Optional<NodeId> nodeOfLogin(Path login, Optional<NodeId> named) {
        try (Login own = Login.readFile(login)) {
            NodeId node = NodeId.of(own.token().name());
            named.filter(other -> !other.equals(node))
                    .ifPresent(other -> problems.add(
                            "%s: %s is the login of '%s', and this node is '%s'; `harmony mesh login --node %s` makes its own"
                                    .formatted(Setting.MESH_LOGIN, login, node, other, other)));
            return Optional.of(node);
        } catch (InvalidValueException e) {
            problems.add("%s: %s".formatted(Setting.MESH_LOGIN, e.getMessage()));
            return Optional.empty();
        }
    }

    /** What was given may be away once the node has one of its own. */
    private Optional<LoginFiles> login(Path own) {
        return file(Setting.MESH_LOGIN)
                .or(() -> Optional.of(own).filter(Files::exists))
                .map(given -> new LoginFiles(given, own));
    }

    private NatsAccess access(List<NatsAddress> mesh, Optional<LoginFiles> login) {
        NatsAccess access = new NatsAccess(
                login.<Identity>map(files ->
                                new Identity.OfLogin(() -> ShownLogin.read(files.newest(), InstantSource.system())))
                        .orElseGet(Identity.OfAddress::new),
                file(Setting.MESH_CA).<Authority>map(Authority.OfFile::new).orElseGet(Authority.OfPlatform::new));
        try {
            return NatsOptions.of(mesh, "settings").with(access).access();
        } catch (InvalidValueException e) {
            problems.add("%s: %s".formatted(Setting.MESH, e.getMessage()));
            return NatsAccess.OPEN;
        }
    }

    /** The variable names a file; the credential is one. */
    private Optional<Path> file(Setting setting) {
        return value(setting, SettingsReading::folder).or(() -> given.credentialFile("harmony." + setting.key()));
    }

    private void requireApart(NodeShares shares, Path state) {
        shares.folders().stream()
                .filter(folder -> folder.overlaps(state.toString()))
                .forEach(folder -> problems.add("%s: share '%s' at %s and what the agent keeps at %s lie in each other"
                        .formatted(Setting.SHARES, folder.share(), folder.folder(), state)));
    }

    private SecretsSettings secrets(Path state) {
        EnvironmentName environment =
                value(Setting.ENVIRONMENT, EnvironmentName::of).orElse(EnvironmentName.of("default"));
        Path folder = value(Setting.SECRETS, SettingsReading::folder).orElseGet(() -> state.resolve("secrets"));
        Path key = file(Setting.KEY).orElseGet(() -> state.resolve("operate.key"));
        Optional<SecretsSettings.Server> server = value(Setting.OPENBAO, address -> openBao(address, environment))
                .map(settings -> new SecretsSettings.Server(settings, token(state)));
        return new SecretsSettings(environment, folder, key, server);
    }

    private static OpenBaoSettings openBao(String address, EnvironmentName environment) {
        try {
            return OpenBaoSettings.of(URI.create(address), "harmony/" + environment);
        } catch (InvalidValueException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    "'%s' is not a server's address; write it as in https://bao.example.org:8200"
                            .formatted(shown(address)));
        }
    }

    private OpenBaoToken token(Path state) {
        return given.credentialFile("harmony.openbao-token")
                .<OpenBaoToken>map(OpenBaoToken.InFile::new)
                .orElseGet(() -> OpenBaoToken.find(given.environment(), state));
    }

    private <T> Optional<T> value(Setting setting, Function<String, T> parser) {
        try {
            return given.value(setting).map(parser);
        } catch (InvalidValueException e) {
            problems.add("%s: %s".formatted(setting, e.getMessage()));
        } catch (IOException e) {
            problems.add("%s: there is one, but it cannot be read: %s".formatted(setting, e.getMessage()));
        }
        return Optional.empty();
    }

    private static List<NatsAddress> mesh(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .map(SettingsReading::natsAddress)
                .toList();
    }

    /** Never shows what stands before an '@': it may be a password. */
    private static NatsAddress natsAddress(String text) {
        try {
            return NatsAddress.parse(text);
        } catch (InvalidValueException e) {
            String harmless = text.replaceFirst("^([a-z]+://)?.*@", "$1…@");
            throw new InvalidValueException(
                    "'%s' is not a mesh address; write nats://host:port or tls://host:port, several with commas between"
                            .formatted(shown(harmless)));
        }
    }

    private static UplinkClass uplink(String text) {
        return switch (text) {
            case "metered" -> UplinkClass.METERED;
            case "asymmetric" -> UplinkClass.ASYMMETRIC;
            case "symmetric" -> UplinkClass.SYMMETRIC;
            default ->
                throw new InvalidValueException(
                        "'%s' is not a class of uplinks; write metered, asymmetric (flat-rate) or symmetric"
                                .formatted(shown(text)));
        };
    }

    private static Settings.Tool tool(String text) {
        return switch (text) {
            case "quadlet" -> Settings.Tool.QUADLET;
            case "podman" -> Settings.Tool.PODMAN;
            default ->
                throw new InvalidValueException(
                        "'%s' is not a container runtime; write quadlet or podman".formatted(shown(text)));
        };
    }

    private Settings.Tool usualTool() {
        return given.exists("run/systemd/system") ? Settings.Tool.QUADLET : Settings.Tool.PODMAN;
    }

    private static Path folder(String text) {
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            throw new InvalidValueException("'%s' does not begin with '/'; write an absolute path, as in %s"
                    .formatted(shown(text), DEFAULT_STATE));
        }
        return Path.of(text);
    }

    /** systemd names the folders of StateDirectory= with colons between; the first is ours. */
    private Path usualState() {
        return Path.of(given.variable("STATE_DIRECTORY")
                .map(folders -> folders.replaceFirst(":.*", ""))
                .filter(folder -> folder.startsWith("/"))
                .orElse(DEFAULT_STATE));
    }

    /** Stable for the machine, and not its machine-id, which must not leave it (machine-id(5)). */
    private Optional<NodeId> nodeOfMachine() {
        if (problems.stream().anyMatch(problem -> problem.startsWith(Setting.NODE.toString()))) {
            return Optional.empty();
        }
        String machine = given.file("etc/machine-id").strip();
        if (!machine.matches("[0-9a-f]{32}")) {
            problems.add(
                    "%s: not set, and /etc/machine-id does not identify this machine; write a name of a-z, 0-9 and '-'"
                            .formatted(Setting.NODE));
            return Optional.empty();
        }
        return Optional.of(NodeId.of("node-" + Sha256.hex(machine + APPLICATION).substring(0, ID_DIGITS)));
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
    }
}
