package io.nationtech.harmony.cli;

import io.nationtech.harmony.config.Config;
import io.nationtech.harmony.config.ConfigKey;
import io.nationtech.harmony.config.Explanation;
import io.nationtech.harmony.config.Origin;
import io.nationtech.harmony.config.Prompt;
import io.nationtech.harmony.config.Setting;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.operator.LoadedModule;
import io.nationtech.harmony.secrets.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "explain",
        description =
                "Show what a module is configured with, and the secrets that its deployment reads: which value, and from where.",
        footer = {
            "",
            "Configurations are the records of the packages that the module opens to io.nationtech.harmony.config. No secret is",
            "shown. Asks nobody and changes nothing; ends with 1 when something is missing or wrong.",
            "",
            "Example:",
            "  harmony config explain modules/shop-deploy --environment prod"
        })
final class ConfigExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ConfigExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LoadedModule loaded = module.example(terminal);
        Optional<Secrets> store = settings.store();
        try {
            Explanation explained = explain(loaded, store);
            terminal.result(output.answer(
                    () -> explained.settings().isEmpty() && explained.problems().isEmpty()
                            ? "The module has no configuration, and its deployment reads no secrets."
                            : explained.text(),
                    () -> json(explained)));
            return (explained.isComplete() ? ExitCode.DONE : ExitCode.FAILED).code();
        } finally {
            store.ifPresent(Secrets::close);
        }
    }

    private Explanation explain(LoadedModule loaded, Optional<Secrets> store) {
        Config config = settings.config(store, Prompt.nobody());
        Explanation explained = config.explain(ConfigRecords.of(loaded));
        List<Setting> all = new ArrayList<>(explained.settings());
        for (SecretRef secret : loaded.deployment().secrets()) {
            all.add(new Setting(new ConfigKey(List.of(secret.name())), "secret", state(secret, store)));
        }
        return new Explanation(all, explained.problems());
    }

    private static Setting.State state(SecretRef secret, Optional<Secrets> store) {
        return store.flatMap(there -> there.version(secret)
                        .<Setting.State>map(version -> new Setting.State.Known(
                                new Origin.Store(there.place()), "%s version %d".formatted(Setting.HIDDEN, version))))
                .orElseGet(() -> new Setting.State.Missing(List.of("run: harmony secret set " + secret.name())));
    }

    private static Object json(Explanation explained) {
        return Json.object(
                "complete",
                explained.isComplete(),
                "settings",
                explained.settings().stream().map(ConfigExplainCommand::json).toList(),
                "problems",
                explained.problems().stream().map(Json::of).toList());
    }

    private static Object json(Setting setting) {
        Map<String, Object> object = Json.object("key", setting.key().property(), "type", setting.type());
        switch (setting.state()) {
            case Setting.State.Known(Origin origin, String shown) -> {
                object.put("state", "known");
                object.put("value", shown);
                object.put("source", origin.toString());
            }
            case Setting.State.Unset() -> object.put("state", "unset");
            case Setting.State.Missing(List<String> ways) -> {
                object.put("state", "missing");
                object.put("ways", ways);
            }
            case Setting.State.Invalid(Origin origin, String why, String next) -> {
                object.put("state", "invalid");
                object.put("source", origin.toString());
                object.put("why", why);
                object.put("next", next);
            }
        }
        return object;
    }
}
