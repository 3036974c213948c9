package io.nationtech.harmony.cli;

import io.nationtech.harmony.config.Config;
import io.nationtech.harmony.config.ConfigFile;
import io.nationtech.harmony.config.ConfigSources;
import io.nationtech.harmony.config.Prompt;
import io.nationtech.harmony.config.TerminalPrompt;
import io.nationtech.harmony.operator.SettingsSource;
import io.nationtech.harmony.secrets.Secrets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** With which settings and secrets a deployment is made. */
final class SettingsOption implements SettingsSource {
    @Option(
            names = "--config",
            paramLabel = "<file>",
            defaultValue = "${env:HARMONY_CONFIG:-}",
            description = "the configuration file (environment: HARMONY_CONFIG; else"
                    + " $XDG_CONFIG_HOME/harmony/<environment>.conf)")
    private String file = "";

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    SecretsOption secrets() {
        return secrets;
    }

    /** Opens a store only for a deployment that has settings. Asks the person at the terminal for what is missing. */
    @Override
    public <S extends Record> S read(Class<S> type) {
        Optional<Secrets> store = store();
        try {
            return config(store, new TerminalPrompt()).of(type);
        } finally {
            store.ifPresent(Secrets::close);
        }
    }

    /** The store, if there is one; whoever asked closes it. */
    Optional<Secrets> store() {
        return secrets.isThere() ? Optional.of(secrets.open()) : Optional.empty();
    }

    Config config(Optional<Secrets> store, Prompt prompt) {
        Path from = file.isEmpty() ? secrets.usualConfigFile() : Path.of(file);
        return new Config(new ConfigSources(
                System.getenv(), ConfigFile.at(from), store.stream().toList(), prompt));
    }
}
