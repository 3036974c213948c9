package io.nationtech.harmony.importer;

import io.nationtech.harmony.config.file.MountedConfig;
import io.nationtech.harmony.config.file.SeededFile;
import io.nationtech.harmony.docker.socket.DockerSocket;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.score.Extension;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.project.Pom;
import io.nationtech.harmony.rules.GraphCheck;
import io.nationtech.harmony.rules.ModuleFiles;
import io.nationtech.harmony.rules.Places;
import io.nationtech.harmony.rules.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a deployment module of what another tool's files declare. Reads those files and what they name beside them, each bounded; runs
 * nothing, fetches nothing, writes nothing. What it gives has the value of no secret in it.
 */
public final class Importer {
    private static final int MOST_FILES = 200;
    private static final Pattern NAMED = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)[^}\\s]*}?");

    private final ImportOptions options;

    public Importer(ImportOptions options) {
        this.options = options;
    }

    /**
     * @param sources a compose file, or quadlets that belong together
     */
    public ImportResult read(List<Path> sources) {
        Findings findings = new Findings();
        Optional<ImportedModule> module = findings.made(
                        Place.of(String.valueOf(sources.getFirst().getFileName())), () -> module(sources, findings))
                .flatMap(one -> one);
        return module.isPresent() && findings.refusals().isEmpty()
                ? new ImportResult.Imported(module.get())
                : new ImportResult.Refused(findings.refusals());
    }

    private Optional<ImportedModule> module(List<Path> sources, Findings findings) {
        Path first = sources.getFirst().toAbsolutePath().normalize();
        Path folder = Optional.ofNullable(first.getParent()).orElse(first);
        ProjectFiles files = new ProjectFiles(folder);
        String file = String.valueOf(first.getFileName());
        boolean isQuadlet = !file.matches("(?i).*\\.ya?ml");
        Variables variables = new Variables(isQuadlet ? Map.of() : environment(files));
        if (sources.size() > MOST_FILES || (!isQuadlet && sources.size() > 1)) {
            throw new RefusedSourceException(
                    Place.of(file),
                    "%d files are named".formatted(sources.size()),
                    isQuadlet
                            ? "name those of one application"
                            : "name one compose file; it includes others by `include:`");
        }
        Value.Entries document = isQuadlet
                ? Quadlets.document(files, sources, findings)
                : new ComposeFile(files, variables).document(file);
        DeploymentName name = name(document, variables, folder, isQuadlet ? unit(sources) : "");
        Vault vault = new Vault();
        // Once to learn which values are secrets, and once more to leave them out wherever they stand.
        read(document, variables, files, vault, new Findings(), name);
        List<Draft> drafts = read(document, variables, files, vault, findings, name);
        if (drafts.isEmpty() || !findings.refusals().isEmpty()) {
            return Optional.empty();
        }
        drafts.forEach(Opening::settle);
        Application application = Application.of(name, drafts, findings);
        if (!findings.refusals().isEmpty()) {
            return Optional.empty();
        }
        return new Assembly(application, findings)
                .deployment()
                .flatMap(deployment -> written(application, deployment, file, vault, findings));
    }

    /** Compose's own file, and the one in which umbrel gives its variables values; of that, lines that a shell would have to run say nothing. */
    private static Map<String, String> environment(ProjectFiles files) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : List.of("exports.sh", ".env")) {
            files.text(name, Place.of(name))
                    .map(Variables::file)
                    .orElse(Map.of())
                    .forEach((variable, value) -> {
                        String whole = NAMED.matcher(value)
                                .replaceAll(
                                        one -> Matcher.quoteReplacement(all.getOrDefault(one.group(1), one.group())));
                        if (!NAMED.matcher(whole).find()) {
                            all.put(variable, whole);
                        }
                    });
        }
        return all;
    }

    private List<Draft> read(
            Value.Entries document,
            Variables variables,
            ProjectFiles files,
            Vault vault,
            Findings findings,
            DeploymentName name) {
        return new ApplicationReader(name.value(), document, variables, findings, options.profiles())
                .read(files, vault);
    }

    /** Of several units the one with the shortest name is what the others are for. */
    private static String unit(List<Path> sources) {
        return sources.stream()
                .map(source -> String.valueOf(source.getFileName()))
                .filter(name -> name.endsWith(".container"))
                .min(Comparator.comparingInt(String::length))
                .orElse("unit");
    }

    private DeploymentName name(Value.Entries document, Variables variables, Path folder, String unit) {
        return options.name().orElseGet(() -> {
            String told = document.get("name")
                    .map(value -> variables.filled(variables.expanded(value.text(), value.at())))
                    .orElse("");
            String other = unit.isEmpty() ? String.valueOf(folder.getFileName()) : unit.replaceFirst("\\.[a-z]+$", "");
            return DeploymentName.of(Vault.label(told.isEmpty() || Holes.isIn(told) ? other : told));
        });
    }

    private Optional<ImportedModule> written(
            Application application, Deployment<?> deployment, String file, Vault vault, Findings findings) {
        Set<String> broken = new TreeSet<>();
        for (Violation violation : violations(deployment)) {
            if (ModuleWriter.rules().contains(violation.rule())) {
                broken.add(violation.rule());
                findings.note(
                        Place.of(file),
                        violation.message(),
                        "allowed: @Allow(rule = \"%s\")".formatted(violation.rule()));
            } else {
                findings.refuse(
                        Place.of(file), violation.message(), "see docs/rules/%s.md".formatted(violation.rule()));
            }
        }
        if (!findings.refusals().isEmpty()) {
            return Optional.empty();
        }
        ModuleWriter writer = new ModuleWriter(application, file, broken);
        SortedSet<String> artifacts = new TreeSet<>(Set.of("harmony-domain"));
        Stream.concat(
                        application.drafts().stream().flatMap(draft -> draft.additions.stream()),
                        application.groups().stream().flatMap(group -> group.seeds().stream()))
                .forEach(addition -> artifacts.add(artifact(addition.extension())));
        Path into = options.into().orElse(Path.of(application.name() + "-deploy"));
        Map<String, String> texts = writer.files(
                new Pom("imported", application.name() + "-deploy", options.version(), List.copyOf(artifacts))
                        .in(into));
        Set<String> used =
                deployment.secrets().stream().map(secret -> secret.name()).collect(Collectors.toSet());
        return Optional.of(new ImportedModule(
                application.name(),
                application.drafts().size(),
                new TreeMap<>(texts),
                findings.notes(),
                vault.wanted().stream()
                        .filter(wanted -> used.contains(wanted.secret().name()))
                        .sorted(Comparator.comparing(wanted -> wanted.secret().name()))
                        .toList(),
                findings.shares()));
    }

    private static String artifact(Extension<?> extension) {
        return switch (extension) {
            case MountedConfig<?> _, SeededFile _ -> "harmony-config-file";
            case DockerSocket _ -> "harmony-docker-socket";
            default -> "harmony-domain";
        };
    }

    private static List<Violation> violations(Deployment<?> deployment) {
        try {
            ModuleFiles none = new ModuleFiles(new TreeMap<>(), Optional.empty(), Optional.empty());
            return GraphCheck.check(deployment, Declaring.class, Places.in(none, Declaring.class))
                    .violations();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In whose place rules look for exceptions: it has none. */
    private static final class Declaring {}
}
