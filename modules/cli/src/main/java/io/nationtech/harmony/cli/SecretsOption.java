package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import io.nationtech.harmony.secrets.openbao.OpenBaoSecrets;
import io.nationtech.harmony.secrets.openbao.OpenBaoSettings;
import io.nationtech.harmony.secrets.openbao.OpenBaoToken;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which secrets, and where they are. */
final class SecretsOption {
    @Option(
            names = "--environment",
            paramLabel = "<name>",
            defaultValue = "${env:HARMONY_ENVIRONMENT:-default}",
            converter = ReadEnvironment.class,
            description = "whose secrets: each environment has a store and a key of its own (environment:"
                    + " HARMONY_ENVIRONMENT; now: ${DEFAULT-VALUE})")
    private EnvironmentName environment = EnvironmentName.of("default");

    @Option(
            names = "--secrets",
            paramLabel = "<folder>",
            defaultValue = "${env:HARMONY_SECRETS:-}",
            description = "where the encrypted stores are, <name>.age (environment: HARMONY_SECRETS; else"
                    + " $XDG_DATA_HOME/harmony/secrets)")
    private String folder = "";

    @Option(
            names = "--key",
            paramLabel = "<file>",
            defaultValue = "${env:HARMONY_KEY:-}",
            description = "the private key that opens the store (environment: HARMONY_KEY; else"
                    + " $XDG_CONFIG_HOME/harmony/keys/<name>.key)")
    private String key = "";

    @Option(
            names = "--openbao",
            paramLabel = "<url>",
            defaultValue = "${env:HARMONY_OPENBAO:-}",
            description =
                    "a server of OpenBao or Vault to use instead, below secret/harmony/<name>; token from BAO_TOKEN,"
                            + " VAULT_TOKEN or ~/.vault-token (environment: HARMONY_OPENBAO)")
    private String openBao = "";

    /** The store; whoever asked closes it. */
    Secrets open() {
        return openBao.isEmpty()
                ? embedded()
                : new OpenBaoSecrets(server(), OpenBaoToken.find(System.getenv(), home()));
    }

    /** The embedded store, whatever else there is; whoever asked closes it. */
    AgeSecrets embedded() {
        return AgeSecrets.open(folder(), environment, identity());
    }

    /** What a deployment gets its secrets from; opens no store for one that reads none. */
    DeploymentSecrets of(Deployment<?> deployment) {
        return deployment.secrets().isEmpty() ? DeploymentSecrets.none() : DeploymentSecrets.from(open());
    }

    /** Whether there is anything to ask: a server, or a key for the embedded store. */
    boolean isThere() {
        return !openBao.isEmpty() || Files.exists(keyFile());
    }

    /** Where the configuration of this environment is, unless somebody says otherwise. */
    Path usualConfigFile() {
        return base("XDG_CONFIG_HOME", ".config").resolve(environment + ".conf");
    }

    AgeIdentity identity() {
        return AgeIdentity.read(keyFile());
    }

    EnvironmentName environment() {
        return environment;
    }

    Path keyFile() {
        return key.isEmpty()
                ? base("XDG_CONFIG_HOME", ".config").resolve("keys/%s.key".formatted(environment))
                : Path.of(key).toAbsolutePath();
    }

    private Path folder() {
        return folder.isEmpty()
                ? base("XDG_DATA_HOME", ".local/share").resolve("secrets")
                : Path.of(folder).toAbsolutePath();
    }

    /** XDG Base Directory Specification 0.8: a path that is not absolute is to be ignored. */
    private static Path base(String variable, String otherwise) {
        return Optional.ofNullable(System.getenv(variable))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> home().resolve(otherwise))
                .resolve("harmony");
    }

    static Path home() {
        // Not the user's entry in passwd, which is what user.home is: HOME is what the shell calls ~.
        return Path.of(Optional.ofNullable(System.getenv("HOME"))
                .filter(set -> !set.isEmpty())
                .orElseGet(() -> System.getProperty("user.home")));
    }

    private OpenBaoSettings server() {
        try {
            return OpenBaoSettings.of(URI.create(openBao), "harmony/" + environment);
        } catch (InvalidValueException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    "'%s' is not a server's address; write it as in https://bao.example.org:8200".formatted(openBao));
        }
    }

    /** Reads a name. */
    static final class ReadEnvironment implements ITypeConverter<EnvironmentName> {
        @Override
        public EnvironmentName convert(String text) {
            try {
                return EnvironmentName.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
