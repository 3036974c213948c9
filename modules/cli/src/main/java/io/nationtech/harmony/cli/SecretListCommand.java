package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secrets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Show the names and versions of all secrets of an environment.",
        footer = {"", "Example:", "  harmony secret list --environment prod --output json"})
final class SecretListCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("SECRET", "VERSION");

    private final Terminal terminal;

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    @Mixin
    private OutputOption output = new OutputOption();

    SecretListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Secrets store = secrets.open()) {
            SortedMap<String, Long> versions = new TreeMap<>();
            for (SecretRef ref : store.list()) {
                store.version(ref).ifPresent(version -> versions.put(ref.name(), version));
            }
            terminal.result(output.answer(() -> text(versions), () -> json(store, versions)));
        }
        return ExitCode.DONE.code();
    }

    private String text(Map<String, Long> versions) {
        return versions.isEmpty()
                ? "No secrets of environment %s yet.%n".formatted(secrets.environment())
                : Table.of(
                                HEAD,
                                versions.entrySet().stream()
                                        .map(secret -> Table.Row.of(
                                                Table.Cell.of(secret.getKey()),
                                                Table.Cell.of(Long.toString(secret.getValue())))))
                        .render(terminal.outInk());
    }

    private Object json(Secrets store, Map<String, Long> versions) {
        return Json.object(
                "environment",
                secrets.environment().value(),
                "store",
                store.place(),
                "secrets",
                versions.entrySet().stream()
                        .map(secret -> Json.object("name", secret.getKey(), "version", secret.getValue()))
                        .toList());
    }
}
