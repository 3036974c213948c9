package io.nationtech.harmony.checker;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.annotation.processing.Messager;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * Has the rules of the graph tried on the deployment that was just compiled. They lie beside the checker on the processor path, so that
 * a build has both or neither. A process of its own makes the deployment: whatever its code does, the compiler goes on.
 */
final class GraphCheck {
    /** Of {@code io.nationtech.harmony.rules}, which is compiled after the checker. */
    private static final String MAIN = "io.nationtech.harmony.rules.BuildCheck";

    private static final String DONE = "graph checked";
    private static final String ERROR = "[ERROR] ";
    private static final String WARNING = "[WARNING] ";
    private static final int MOST_BYTES = 1 << 20;

    private final Elements elements;
    private final Messager messager;
    private final Duration limit;
    private final SequencedSet<String> needed = new LinkedHashSet<>();

    GraphCheck(Elements elements, Messager messager, Duration limit) {
        this.elements = elements;
        this.messager = messager;
        this.limit = limit;
    }

    /** Learns where the modules are that are needed: later the compiler may not be asked, as it reads no more sources. */
    void see(RoundEnvironment round) {
        Set<ModuleElement> compiled = ElementFilter.modulesIn(round.getRootElements());
        if (!compiled.isEmpty()) {
            elements.getAllModuleElements().stream()
                    .filter(module -> !module.isUnnamed() && !compiled.contains(module))
                    .flatMap(module -> location(module).stream())
                    .map(Path::toString)
                    .forEach(needed::add);
        }
    }

    /** Whether every rule holds; tells what does not. */
    boolean holds(Path classes) {
        ClassLoader beside = GraphCheck.class.getClassLoader();
        String rules = MAIN.replace('.', '/') + ".class";
        if ((beside instanceof URLClassLoader own ? own.findResource(rules) : beside.getResource(rules)) == null) {
            return refused(
                    "this module declares a deployment, and the rules for its whole are not on the processor path; "
                            + "name io.nationtech.harmony:harmony-rules beside harmony-checker, or have harmony-parent as the parent");
        }
        SequencedSet<String> path = new LinkedHashSet<>(List.of(classes.toString()));
        path.addAll(needed);
        path.addAll(entries(beside));
        return run(classes, path);
    }

    private boolean run(Path classes, SequencedSet<String> path) {
        try {
            Path said = Files.createTempFile("harmony-graph", ".txt");
            try {
                return isDone(start(classes, path, said), said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            return refused("the rules for the whole deployment cannot be tried: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("interrupted while the rules for the whole deployment were tried; compile it again");
        }
    }

    private static Process start(Path classes, SequencedSet<String> path, Path said) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        MAIN,
                        classes.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        java.environment().put("CLASSPATH", String.join(File.pathSeparator, path));
        return java.start();
    }

    private boolean isDone(Process java, Path said) throws IOException, InterruptedException {
        try {
            java.getOutputStream().close();
            if (!java.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return refused(
                        "the deployment is not made within %d s; look for a loop, or for what waits for the network"
                                .formatted(limit.toSeconds()));
            }
        } finally {
            Stream.concat(java.descendants(), Stream.of(java.toHandle())).forEach(ProcessHandle::destroyForcibly);
        }
        List<String> lines = lines(said);
        tell(Diagnostic.Kind.WARNING, lines, WARNING);
        int errors = tell(Diagnostic.Kind.ERROR, lines, ERROR);
        if (java.exitValue() == 0 && !lines.isEmpty() && lines.getLast().equals(DONE)) {
            return true;
        }
        return errors == 0
                && refused("making the deployment ended its process with %d:%n%s"
                        .formatted(java.exitValue(), String.join(System.lineSeparator(), last(lines))));
    }

    private static List<String> lines(Path said) throws IOException {
        try (InputStream in = Files.newInputStream(said)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }

    private int tell(Diagnostic.Kind kind, List<String> lines, String prefix) {
        List<String> told = lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
        told.forEach(line -> messager.printMessage(kind, line));
        return told.size();
    }

    private boolean refused(String message) {
        messager.printMessage(Diagnostic.Kind.ERROR, message);
        return false;
    }

    /** Where the compiler has a module from: it tells that of types alone. Nothing for modules of the JDK. */
    private Optional<Path> location(ModuleElement module) {
        Stream<Element> provided = ElementFilter.providesIn(module.getDirectives()).stream()
                .flatMap(provides -> provides.getImplementations().stream());
        Stream<PackageElement> packages = Stream.concat(
                ElementFilter.exportsIn(module.getDirectives()).stream()
                        .map(ModuleElement.ExportsDirective::getPackage),
                ElementFilter.packagesIn(module.getEnclosedElements()).stream());
        return Stream.concat(
                        ElementFilter.typesIn(provided.toList()).stream(),
                        packages.flatMap(each -> ElementFilter.typesIn(each.getEnclosedElements()).stream()))
                // One that lacks something is an error to the compiler, which has no file for that.
                .filter(type -> type.getNestingKind() == NestingKind.TOP_LEVEL
                        && type.asType().getKind() == TypeKind.DECLARED)
                .flatMap(type -> location(type).stream())
                .findFirst();
    }

    private Optional<Path> location(TypeElement type) {
        Optional<JavaFileObject> file = Optional.ofNullable(elements.getFileObjectOf(type))
                .filter(known -> known.getKind() == JavaFileObject.Kind.CLASS);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        URI uri = file.get().toUri();
        return switch (String.valueOf(uri.getScheme())) {
            case "jar" -> {
                String inside = uri.getSchemeSpecificPart();
                yield Optional.of(Path.of(URI.create(inside.substring(0, inside.lastIndexOf("!/")))));
            }
            case "file" -> {
                String name = elements.getBinaryName(type).toString().replace('.', '/') + ".class";
                String whole = Path.of(uri).toString();
                yield Optional.of(Path.of(whole.substring(0, whole.length() - name.length())));
            }
            default -> Optional.empty();
        };
    }

    /** What the processor path has; where the processor was handed over as an object, what this program was started with. */
    private static List<String> entries(ClassLoader loader) {
        List<String> entries = new ArrayList<>();
        if (loader instanceof URLClassLoader path) {
            for (URL url : path.getURLs()) {
                try {
                    entries.add(Path.of(url.toURI()).toString());
                } catch (URISyntaxException e) {
                    throw new IllegalStateException("no path: " + url, e);
                }
            }
        } else {
            entries.add(System.getProperty("java.class.path", ""));
            entries.add(System.getProperty("jdk.module.path", ""));
        }
        return entries;
    }
}
