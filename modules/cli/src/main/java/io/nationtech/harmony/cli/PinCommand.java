package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.operator.LoadedModule;
import io.nationtech.harmony.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pin",
        description =
                "Write the digests of a deployment's images beside their tags, so that each node runs exactly these.",
        footer = {
            "",
            "Asks the images' registries, and nothing of the mesh. Images that follow their tag stay as they are.",
            "A registry's login is the deployment's, or what `podman login` left.",
            "",
            "Examples:",
            "  harmony pin modules/website-deploy --dry-run",
            "  harmony pin modules/website-deploy && harmony deploy modules/website-deploy"
        })
final class PinCommand implements Callable<Integer> {
    private static final String FLOATS = "image-floats";

    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--dry-run", description = "tell what would be written, and write nothing")
    private boolean isDry;

    @Mixin
    private OutputOption output = new OutputOption();

    PinCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path sources = sources();
        LoadedModule loaded = module.checked(settings, terminal);
        RegistryClient registries = RegistryClient.of(System.getenv(), SecretsOption.home());
        Pinner pinner = new Pinner(loaded.places(), read(sources), registries, new RegistryLogins(settings.secrets()));
        PinReport found = new PinReport(
                loaded.deployment().name(), PinReport.Mode.DRY_RUN, pinner.find(UsedImage.of(loaded.deployment())));
        PinReport report = isDry ? found : found.written();
        terminal.result(output.answer(() -> report.text(terminal.outInk()) + next(report), report::json));
        report.left().forEach(terminal::complain);
        if (loaded.report().allowed().stream()
                .anyMatch(allowed -> allowed.violation().rule().equals(FLOATS))) {
            terminal.say(
                    "@Allow(rule = \"%s\") is to go once each image that it is for is pinned; `harmony check` says when"
                            .formatted(FLOATS));
        }
        return report.exitCode().code();
    }

    private String next(PinReport report) {
        return report.isWritten()
                ? "%nNext: harmony check %s%n".formatted(module.source().path())
                : "";
    }

    private Path sources() {
        return switch (module.source()) {
            case ModuleSource.Folder(Path folder)
            when Files.isDirectory(folder.resolve("src/main/java")) -> folder.resolve("src/main/java");
            case ModuleSource other ->
                throw new CommandFailedException(
                        ExitCode.NO_MODULE,
                        new Cause(
                                "there are no sources to write digests into",
                                other.path().toString(),
                                "name the module's folder, which has src/main/java"));
        };
    }

    private static List<SourceFile> read(Path sources) {
        try {
            return SourceFile.in(sources);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.NO_MODULE,
                    new Cause(
                            "the module's sources cannot be read: " + e.getMessage(),
                            sources.toString(),
                            "look at the rights there, and whether all are UTF-8"),
                    e);
        }
    }
}
