package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.rules.GraphCheck;
import io.nationtech.harmony.rules.ModuleFiles;
import io.nationtech.harmony.rules.Places;
import io.nationtech.harmony.rules.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Imports every application below a folder as it is found there, compiles what was written with the checker and checks its graph, and says how many
 * were refused and why. Applications are compiled several at a time, each in a package of its own.
 */
final class ImportBench {
    private static final Pattern COMPOSE =
            Pattern.compile("(^|.*[-_.])(docker-)?compose([-_.].*)?\\.ya?ml", Pattern.CASE_INSENSITIVE);
    private static final Pattern SKIPPED =
            Pattern.compile(".*(/\\.git|arm64|override|\\btaf\\b|builder|skeleton|/tests?/).*");
    private static final Pattern ERROR = Pattern.compile("(?m)^(.+\\.java):([0-9]+): error: (.*)$");
    private static final int AT_A_TIME = 40;
    private static final int FEW_UNITS = 8;

    /** Files of one application. */
    private record App(String name, List<Path> sources) {}

    /** An application that was imported. */
    private record Written(App app, ImportedModule module) {}

    private final Path out;
    private final Map<String, List<String>> refusals = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> leaks = new ArrayList<>();
    private int compiled;
    private int refused;
    private int crashed;

    private ImportBench(Path out) {
        this.out = out;
    }

    /** Arguments: the folder of the applications, a folder for what is written, and parts of the names of those that count; none is all. */
    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<String> only = List.of(arguments).subList(2, arguments.length);
        List<App> apps = apps(folder).stream()
                .filter(app -> only.isEmpty()
                        || only.stream().anyMatch(part -> app.name().contains(part)))
                .toList();
        new ImportBench(Files.createDirectories(Path.of(arguments[1]))).run(apps);
    }

    private static List<App> apps(Path folder) throws IOException {
        List<App> apps = new ArrayList<>();
        Map<Path, List<Path>> units = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                String relative = "/" + folder.relativize(file);
                if (SKIPPED.matcher(relative).matches()) {
                    continue;
                }
                boolean isTemplate = relative.contains("/templates/compose/") && name.matches(".*\\.ya?ml");
                if ((isTemplate || COMPOSE.matcher(name).matches())
                        && Files.readString(file).contains("services:")) {
                    apps.add(new App(relative, List.of(file)));
                } else if (name.endsWith(".container") && Files.readString(file).contains("Image=")) {
                    units.computeIfAbsent(file.getParent(), _ -> new ArrayList<>())
                            .add(file);
                }
            }
        }
        units.forEach((place, files) -> {
            if (files.size() <= FEW_UNITS) {
                apps.add(new App("/" + folder.relativize(place), files));
            } else {
                files.forEach(file -> apps.add(new App("/" + folder.relativize(file), List.of(file))));
            }
        });
        return apps;
    }

    private void run(List<App> apps) throws Exception {
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < apps.size(); i++) {
            imported(apps.get(i), i).ifPresent(written::add);
        }
        System.err.printf("%d apps, %d written%n", apps.size(), written.size());
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<?>> batches = new ArrayList<>();
            for (int begin = 0; begin < written.size(); begin += AT_A_TIME) {
                List<Written> batch = List.copyOf(written.subList(begin, Math.min(written.size(), begin + AT_A_TIME)));
                int number = begin / AT_A_TIME;
                batches.add(both.submit(() -> built(batch, number)));
            }
            for (Future<?> batch : batches) {
                batch.get();
                System.err.printf("compiled %d of %d%n", compiled, written.size());
            }
        }
        tell(apps.size());
    }

    private Optional<Written> imported(App app, int number) {
        DeploymentName name = DeploymentName.of("a%d-%s"
                .formatted(number, Vault.label(app.name()))
                .replaceFirst("(.{1,40}).*", "$1")
                .replaceFirst("-+$", ""));
        try {
            ImportResult result = new Importer(
                            new ImportOptions(Optional.of(name), Optional.of(out.resolve("x")), Set.of("*"), "1"))
                    .read(app.sources());
            switch (result) {
                case ImportResult.Imported(ImportedModule module) -> {
                    leaksIn(app, module.files() + "\n" + module.notes() + module.secrets() + module.shares());
                    return Optional.of(new Written(app, module));
                }
                case ImportResult.Refused(List<Refusal> reasons) -> {
                    refused++;
                    leaksIn(app, reasons.toString());
                    String reason =
                            reasons.isEmpty() ? "no reason" : reasons.getFirst().what();
                    String kind = reason.replaceAll("'[^']*'|\\$\\{[^}]*}|/\\S+|[0-9]+", "…");
                    refusals.computeIfAbsent(kind, _ -> new ArrayList<>()).add(app.name() + "  " + reasons);
                    return Optional.empty();
                }
            }
        } catch (RuntimeException | StackOverflowError e) {
            crashed++;
            StackTraceElement[] trace = e.getStackTrace();
            failures.add("CRASH %s: %s at %s"
                    .formatted(
                            app.name(),
                            e,
                            trace.length > 0 ? List.of(trace).subList(0, Math.min(6, trace.length)) : ""));
            return Optional.empty();
        }
    }

    private void built(List<Written> batch, int number) {
        Path classes = out.resolve("classes-" + number);
        List<Written> left = new ArrayList<>(batch);
        while (!left.isEmpty()) {
            Map<String, String> errors = compile(left, out.resolve("sources-" + number), classes);
            List<Written> broken = left.stream()
                    .filter(one -> errors.containsKey(one.module().deployment().value()))
                    .toList();
            broken.forEach(one ->
                    fail(one, errors.getOrDefault(one.module().deployment().value(), "")));
            left.removeAll(broken);
            if (errors.isEmpty()) {
                break;
            }
            if (broken.isEmpty()) {
                left.forEach(one -> fail(one, errors.toString()));
                return;
            }
        }
        left.forEach(one -> check(one, classes));
    }

    private synchronized void fail(Written one, String why) {
        failures.add("%s (%s): %s".formatted(one.app().name(), one.module().deployment(), why));
    }

    /** Errors by deployment. */
    private static Map<String, String> compile(List<Written> batch, Path sources, Path classes) {
        Map<String, String> owners = new HashMap<>();
        List<Path> files = new ArrayList<>();
        try {
            Files.createDirectories(classes);
            for (Written one : batch) {
                for (Map.Entry<String, String> file : one.module().files().entrySet()) {
                    if (file.getKey().endsWith(".java") && !file.getKey().endsWith("module-info.java")) {
                        Path path = sources.resolve(file.getKey());
                        Files.createDirectories(path.getParent());
                        Files.writeString(path, file.getValue());
                        files.add(path);
                        owners.put(
                                path.toAbsolutePath().toString(),
                                one.module().deployment().value());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said, true);
        List<String> arguments = new ArrayList<>(List.of(
                "-d", classes.toString(),
                "--class-path", System.getProperty("harmony.classes"),
                "--processor-path", System.getProperty("harmony.checker"),
                "-Xmaxerrs", "1000",
                "-encoding", "UTF-8"));
        files.forEach(file -> arguments.add(file.toAbsolutePath().toString()));
        ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        Map<String, String> errors = new HashMap<>();
        Matcher error = ERROR.matcher(said.toString());
        while (error.find()) {
            errors.putIfAbsent(
                    owners.getOrDefault(error.group(1), "?"), "line %s: %s".formatted(error.group(2), error.group(3)));
        }
        return errors;
    }

    private void check(Written one, Path classes) {
        String path = one.module().files().keySet().stream()
                .filter(file -> file.endsWith(".java") && !file.endsWith("module-info.java"))
                .findFirst()
                .orElseThrow();
        String type = path.substring("src/main/java/".length(), path.length() - ".java".length())
                .replace('/', '.');
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ImportBench.class.getClassLoader())) {
            DeploymentModule module = (DeploymentModule)
                    Class.forName(type, true, loader).getDeclaredConstructor().newInstance();
            Report report = GraphCheck.check(
                    module.deployment(),
                    module.getClass(),
                    Places.in(new ModuleFiles(new TreeMap<>(), Optional.empty(), Optional.empty()), module.getClass()));
            if (report.violations().isEmpty()) {
                synchronized (this) {
                    compiled++;
                }
            } else {
                fail(one, report.violations().toString());
            }
        } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            fail(one, e.toString());
        }
    }

    private void leaksIn(App app, String output) {
        for (String value : KnownSecrets.in(app.sources())) {
            if (KnownSecrets.stands(value, output)) {
                leaks.add(app.name() + ": a value of " + value.length() + " characters beginning with "
                        + value.substring(0, 3));
            }
        }
    }

    private void tell(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        refusals.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
                .forEach(entry -> {
                    System.out.printf("%5d  %s%n", entry.getValue().size(), entry.getKey());
                    text.append("== ")
                            .append(entry.getValue().size())
                            .append(' ')
                            .append(entry.getKey())
                            .append('\n');
                    entry.getValue()
                            .forEach(app -> text.append("   ").append(app).append('\n'));
                });
        failures.forEach(failure -> text.append(failure).append('\n'));
        leaks.forEach(leak -> text.append("LEAK ").append(leak).append('\n'));
        Files.writeString(out.resolve("report.txt"), text.toString());
        failures.stream()
                .limit(20)
                .map(one -> one.substring(0, Math.min(400, one.length())))
                .forEach(System.out::println);
        System.out.printf("details in %s%n", out.resolve("report.txt"));
        System.out.printf(
                "bench-import apps=%d compiled=%d refused_with_reason=%d crashed=%d secrets_leaked=%d%n",
                count, compiled, refused, crashed + count - compiled - refused - crashed, leaks.size());
    }
}
