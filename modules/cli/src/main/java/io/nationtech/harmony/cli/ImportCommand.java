package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.importer.ImportOptions;
import io.nationtech.harmony.importer.ImportResult;
import io.nationtech.harmony.importer.ImportedModule;
import io.nationtech.harmony.importer.Importer;
import io.nationtech.harmony.importer.Refusal;
import io.nationtech.harmony.project.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = "Write a deployment module from a compose file, or from quadlets that belong together.",
        footer = {
            "",
            "Reads the files and what they name beside them; runs and fetches nothing. Secrets are not written down: what is to be set is told.",
            "What cannot be said is refused with its line, and then nothing is written.",
            "",
            "Examples:",
            "  harmony import compose.yaml --into modules/shop-deploy",
            "  harmony import web.container db.container"
        })
final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "<file>",
            arity = "1..*",
            description = "a compose file, or *.container files with their *.volume and *.network")
    private List<Path> sources = List.of();

    @Option(
            names = "--into",
            paramLabel = "<folder>",
            description = "the module's folder, which must not be there yet (default: <deployment>-deploy)")
    private Optional<Path> into = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "<deployment>",
            description = "the deployment's name (default: that of the compose file, or of its folder)")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "<profile>",
            description = "a profile whose services come too; again for each, * for all")
    private Set<String> profiles = Set.of();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        for (Path source : sources) {
            if (!Files.isRegularFile(source)) {
                throw failed(
                        "there is no file %s".formatted(source),
                        Path.of("").toAbsolutePath().toString(),
                        "name a compose file, or quadlets");
            }
        }
        into.ifPresent(NewFolder::requireFree);
        ImportOptions options = new ImportOptions(deployment(), into, profiles, Harmony.Version.number());
        return switch (new Importer(options).read(sources)) {
            case ImportResult.Imported(ImportedModule module) -> imported(module);
            case ImportResult.Refused(List<Refusal> refusals) -> refused(refusals);
        };
    }

    private Optional<DeploymentName> deployment() {
        try {
            return name.map(DeploymentName::of);
        } catch (InvalidValueException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static CommandFailedException failed(String what, String where, String next) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, where, next));
    }

    private int imported(ImportedModule module) {
        Path folder = into.orElse(Path.of(module.deployment() + "-deploy"));
        NewFolder.write(folder, new ProjectFiles(module.files()));
        terminal.out().print(output.answer(() -> table(module, folder), () -> json(module, folder)));
        terminal.out().flush();
        return ExitCode.DONE.code();
    }

    private String table(ImportedModule module, Path folder) {
        StringBuilder text = new StringBuilder("Deployment %s, %d service%s, in %s%n"
                .formatted(module.deployment(), module.services(), module.services() == 1 ? "" : "s", folder));
        if (!module.notes().isEmpty()) {
            text.append('\n')
                    .append(table(
                            List.of("WHERE", "NOT CARRIED OVER AS IT STANDS", "WHAT BECAME OF IT"),
                            module.notes().stream()
                                    .map(note -> List.of(note.at().toString(), note.what(), note.became()))));
        }
        if (!module.secrets().isEmpty()) {
            text.append("\nSecrets to be set:\n");
            module.secrets().forEach(secret -> text.append("  %s    # %s%n".formatted(secret.command(), secret.at())));
        }
        if (!module.shares().isEmpty()) {
            text.append("\nIn the settings of nodes that have these folders:\n");
            module.shares()
                    .forEach(share -> text.append(
                            "  %s    # %s%n".formatted(LogsCommand.printable(share.setting()), share.at())));
        }
        return text.append("\nNext: harmony check %s%n".formatted(folder)).toString();
    }

    private String table(List<String> head, Stream<List<String>> rows) {
        return Table.of(
                        head,
                        rows.map(row -> new Table.Row(row.stream()
                                .map(LogsCommand::printable)
                                .map(Table.Cell::of)
                                .toList())))
                .render(terminal.outInk());
    }

    private static Object json(ImportedModule module, Path folder) {
        return Json.object(
                "result", "imported",
                "deployment", module.deployment().value(),
                "services", module.services(),
                "folder", folder.toString(),
                "files", List.copyOf(module.files().keySet()),
                "notes",
                        module.notes().stream()
                                .map(note -> Json.object(
                                        "at", note.at().toString(), "what", note.what(), "became", note.became()))
                                .toList(),
                "secrets",
                        module.secrets().stream()
                                .map(secret -> Json.object(
                                        "name",
                                        secret.secret().name(),
                                        "at",
                                        secret.at().toString()))
                                .toList(),
                "shares",
                        module.shares().stream()
                                .map(share -> Json.object(
                                        "name",
                                        share.share().value(),
                                        "folder",
                                        share.folder(),
                                        "at",
                                        share.at().toString()))
                                .toList());
    }

    private int refused(List<Refusal> refusals) {
        List<Cause> causes = refusals.stream()
                .map(refusal -> new Cause(
                        LogsCommand.printable(refusal.what()), refusal.at().toString(), refusal.next()))
                .toList();
        String document = output.choose(
                () -> "",
                () -> Json.write(Json.object(
                        "result",
                        "refused",
                        "causes",
                        causes.stream().map(Json::of).toList())));
        if (!document.isEmpty()) {
            terminal.result(document);
        }
        causes.forEach(terminal::complain);
        return ExitCode.FAILED.code();
    }
}
