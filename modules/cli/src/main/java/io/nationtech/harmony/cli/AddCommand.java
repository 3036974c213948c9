package io.nationtech.harmony.cli;

import io.nationtech.harmony.catalogue.Addition;
import io.nationtech.harmony.catalogue.AdditionRefusedException;
import io.nationtech.harmony.catalogue.Application;
import io.nationtech.harmony.catalogue.Catalogue;
import io.nationtech.harmony.config.Typo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "add",
        description =
                "Write applications that many people run into a project, each as a module that is yours to change.",
        footer = {
            "",
            "Without a name it lists them. Nothing that is there is changed, but for the list of modules in modules/pom.xml.",
            "",
            "Examples:",
            "  harmony add",
            "  harmony add nextcloud",
            "  harmony check modules/nextcloud"
        })
final class AddCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "<app>",
            arity = "0..*",
            completionCandidates = Names.class,
            description = "one of: ${COMPLETION-CANDIDATES}")
    private List<String> names = List.of();

    @Option(names = "--list", description = "list the applications, as without a name")
    private boolean isListed;

    @Option(
            names = "--project",
            paramLabel = "<folder>",
            defaultValue = ".",
            description = "the project's folder, which `harmony new` made (default: here)")
    private Path project = Path.of(".");

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AddCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** For the completion of shells. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Application.all().stream()
                    .map(application -> application.name().value())
                    .iterator();
        }
    }

    @Override
    public Integer call() {
        terminal.result((isListed || names.isEmpty() ? list() : added()).stripTrailing());
        return ExitCode.DONE.code();
    }

    private String list() {
        return output.answer(
                () -> table(
                        List.of("APPLICATION", "WHAT IT IS"),
                        Application.all().stream()
                                .map(application -> List.of(application.name().value(), application.line()))),
                () -> Json.object(
                        "applications",
                        Application.all().stream()
                                .map(application -> Json.object(
                                        "name",
                                        application.name().value(),
                                        "line",
                                        application.line(),
                                        "needs",
                                        application.needs().stream()
                                                .map(needed -> needed.name().value())
                                                .toList()))
                                .toList()));
    }

    private String added() {
        Set<Application> wanted = wanted();
        try {
            List<Addition> added = Catalogue.add(project, wanted, Harmony.Version.number());
            return output.answer(() -> text(added), () -> json(added));
        } catch (AdditionRefusedException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.why(), e);
        }
    }

    private Set<Application> wanted() {
        Set<Application> wanted = new LinkedHashSet<>();
        for (String name : names) {
            Application application = Application.named(name).orElseThrow(() -> usage(unknown(name)));
            if (!wanted.add(application)) {
                throw usage("'%s' is named twice".formatted(name));
            }
        }
        return wanted;
    }

    private static String unknown(String name) {
        List<String> known = new ArrayList<>();
        new Names().forEach(known::add);
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return known.stream()
                .filter(one -> !plain.isEmpty() && one.replace("-", "").startsWith(plain))
                .findFirst()
                .or(() -> Typo.of(name, known))
                .map("there is no application '%s'; did you mean '%%s'?".formatted(name.replace("%", "%%"))::formatted)
                .orElse("there is no application '%s'; `harmony add` lists them".formatted(name));
    }

    private ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private String text(List<Addition> added) {
        StringBuilder text = new StringBuilder();
        for (Addition one : added) {
            text.append("Deployment %s, in %s%n"
                    .formatted(one.application().name(), one.module().normalize()));
            one.files()
                    .forEach(file -> text.append("  %s%n".formatted(one.module().relativize(file))));
            text.append('\n');
        }
        text.append(section(
                "Secrets to be set:",
                added,
                Addition::secrets,
                (_, secret) -> List.of("  " + secret.command(), "# " + secret.purpose())));
        text.append(section(
                "Folders in the settings of a node, HARMONY_SHARES:",
                added,
                Addition::shares,
                (_, share) -> List.of(
                        "  %s=mount:/mnt/nas:%s".formatted(share.name(), share.name()), "# " + share.purpose())));
        text.append(section(
                "Yours to decide:",
                added,
                Addition::choices,
                (one, choice) -> List.of(
                        "  %s:%d"
                                .formatted(one.module().relativize(one.source()).getFileName(), choice.line()),
                        choice.what())));
        added.forEach(one ->
                text.append("Next: harmony check %s%n".formatted(one.module().normalize())));
        return text.toString();
    }

    /** What is there of one addition, as a row. */
    private interface Rows<T> {
        List<String> of(Addition addition, T one);
    }

    private <T> String section(String title, List<Addition> added, Function<Addition, List<T>> all, Rows<T> rows) {
        List<List<String>> found = added.stream()
                .flatMap(addition -> all.apply(addition).stream().map(one -> rows.of(addition, one)))
                .toList();
        return found.isEmpty()
                ? ""
                : "%s%n%s%n".formatted(title, new Table(rows(found.stream())).render(terminal.outInk()));
    }

    private String table(List<String> head, Stream<List<String>> rows) {
        return Table.of(head, rows(rows).stream()).render(terminal.outInk());
    }

    private static List<Table.Row> rows(Stream<List<String>> rows) {
        return rows.map(row -> new Table.Row(row.stream().map(Table.Cell::of).toList()))
                .toList();
    }

    private static Object json(List<Addition> added) {
        return Json.object(
                "result",
                "added",
                "deployments",
                added.stream()
                        .map(one -> Json.object(
                                "deployment",
                                one.application().name().value(),
                                "folder",
                                one.module().toString(),
                                "files",
                                one.files().stream().map(Path::toString).toList(),
                                "source",
                                one.source().toString(),
                                "secrets",
                                one.secrets().stream()
                                        .map(secret -> Json.object("name", secret.name(), "purpose", secret.purpose()))
                                        .toList(),
                                "shares",
                                one.shares().stream()
                                        .map(share ->
                                                Json.object("name", share.name().value(), "purpose", share.purpose()))
                                        .toList(),
                                "choices",
                                one.choices().stream()
                                        .map(choice -> Json.object("line", choice.line(), "what", choice.what()))
                                        .toList()))
                        .toList());
    }
}
