package io.nationtech.harmony.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.project.NewProject;
import io.nationtech.harmony.rules.BuildCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each application in a project as {@code harmony new} makes it, compiled with the checker, with its graph checked. */
class ApplicationTest {
    private static final Path CHECKER =
            Path.of(System.getProperty("harmony.project"), "modules/checker/target/classes");

    /** Of which no digest is known that anybody else has published. */
    private static final List<String> BY_TAG = List.of("docker.io/jellyfin/jellyfin:10.11.11");

    @TempDir
    static Path folder;

    @BeforeAll
    static void addAll() throws IOException {
        for (Names names : Names.values()) {
            Path project = project(names);
            new NewProject(DeploymentName.of("my-lab"), "1").files().write(project);
            if (names == Names.HTTPS) {
                Path lab = project.resolve("src/main/java/my_lab/MyLab.java");
                Files.writeString(
                        lab, Files.readString(lab).replace("ContainerRuntime {}", "ContainerRuntime, TlsRouter {}"));
            }
            Catalogue.add(project, Application.all(), "1");
        }
    }

    private static Path project(Names names) {
        return folder.resolve(names.name());
    }

    static List<Application> applications() {
        return Application.all();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void isBuiltAndKeepsTheRulesInAProject(Application application) throws IOException {
        check(application, Names.NONE);
    }

    @ParameterizedTest
    @MethodSource("applications")
    void isBuiltAndKeepsTheRulesUnderAName(Application application) throws IOException {
        check(application, Names.HTTPS);
    }

    private static void check(Application application, Names names) throws IOException {
        List<Path> needed = new ArrayList<>();
        for (Application other : application.needs()) {
            needed.add(compiled(other, names, List.of()));
        }
        Path classes = compiled(application, names, needed);
        URL[] path = new URL[needed.size() + 1];
        path[0] = classes.toUri().toURL();
        for (int i = 0; i < needed.size(); i++) {
            path[i + 1] = needed.get(i).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(path, ApplicationTest.class.getClassLoader())) {
            BuildCheck.run(classes, loader, System.err);
        }
    }

    private static Path compiled(Application application, Names names, List<Path> needed) throws IOException {
        Path module = project(names).resolve("modules/" + application.name());
        Path classes = module.resolve("target/classes");
        String harmony = ModuleLayer.boot().configuration().modules().stream()
                .filter(one -> one.name().startsWith("io.nationtech.harmony."))
                .flatMap(one -> one.reference().location().stream())
                .map(location -> Path.of(location).toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        Stream<String> options = Stream.of(
                "--module-path",
                Stream.concat(needed.stream().map(Path::toString), Stream.of(harmony))
                        .collect(Collectors.joining(System.getProperty("path.separator"))),
                "--processor-path",
                CHECKER.toString(),
                "-Aharmony.graph=elsewhere",
                "-encoding",
                "UTF-8",
                "-Xlint:all,-processing,-exports,-missing-explicit-ctor",
                "-Werror",
                "-d",
                classes.toString());
        int status;
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
            status = ToolProvider.findFirst("javac")
                    .orElseThrow()
                    .run(
                            out,
                            out,
                            Stream.concat(options, files.map(Path::toString).filter(file -> file.endsWith(".java")))
                                    .toArray(String[]::new));
        }
        assertEquals(0, status, said.toString());
        return classes;
    }

    @ParameterizedTest
    @MethodSource("applications")
    void namesItsImagesByDigest(Application application) {
        List<String> byTag = strings(application, "docker\\.io|ghcr\\.io").stream()
                .filter(image -> !image.contains("@sha256:"))
                .filter(image -> !BY_TAG.contains(image))
                .toList();

        assertEquals(List.of(), byTag);
    }

    @ParameterizedTest
    @MethodSource("applications")
    void tellsOfEachSecretAndFolderWhatItIsFor(Application application) {
        Source source = application.source();

        assertEquals(
                count(source, "SecretRef.of(") + count(source, "ShareName.of("),
                source.secrets().size() + source.shares().size());
    }

    @ParameterizedTest
    @MethodSource("applications")
    void saysWhatItsOwnerDecidesOnOneLineEach(Application application) {
        List<String> lines = application.source().text().lines().toList();
        for (int i = 0; i < lines.size() - 1; i++) {
            assertTrue(
                    !lines.get(i).contains("// yours: ")
                            || !lines.get(i + 1).strip().startsWith("// ")
                            || lines.get(i + 1).contains("// yours: "),
                    lines.get(i) + "\n" + lines.get(i + 1));
        }
    }

    private static int count(Source source, String text) {
        return source.text().split(Pattern.quote(text), -1).length - 1;
    }

    private static List<String> strings(Application application, String beginning) {
        return Pattern.compile("\"((?:%s)/[^\"]+)\"".formatted(beginning))
                .matcher(application.source().text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
