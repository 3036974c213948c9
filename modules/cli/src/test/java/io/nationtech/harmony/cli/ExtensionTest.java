package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A module outside the framework brings a capability, a score, an extension of scores, a kind of resource with its driver, a smoke test with
 * its runner, a rule and a way to make a topology of others; another deploys with them.
 */
class ExtensionTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("harmony.project"), "modules/cli/src/test/resources/extension");

    @TempDir
    private Path folder;

    private QuickLab lab;
    private URLClassLoader atTheNode;

    @BeforeEach
    void begin() throws IOException, ReflectiveOperationException {
        Path jar = Workshop.jar(cameras(), folder.resolve("jars/cameras.jar"));
        Path driver = location(DriverProvider.class);
        if (Files.isDirectory(driver)) {
            Workshop.jar(driver, folder.resolve("jars/driver.jar"));
        } else {
            Files.copy(driver, folder.resolve("jars/driver.jar"));
        }
        atTheNode = new URLClassLoader(new URL[] {jar.toUri().toURL()}, DriverProvider.class.getClassLoader());
        lab = QuickLab.begin(folder, List.of(provider()));
    }

    /** At a node its code is not what the command line loads: they are two programs. */
    private DriverProvider provider() throws ReflectiveOperationException {
        return (DriverProvider) Class.forName("org.example.cameras.MaskDriver$Provider", true, atTheNode)
                .getConstructor()
                .newInstance();
    }

    @AfterEach
    void end() throws IOException {
        lab.close();
        atTheNode.close();
    }

    @Test
    void isDeployedAndProvenByItsOwnSmokeTest() {
        String module = module(UnaryOperator.identity());

        Typed deploy = lab.typed("deploy", module);

        assertEquals(0, deploy.exitCode(), () -> deploy.out() + deploy.err());
        assertTrue(deploy.out().contains("smoke tests passed"), deploy.out());
        assertTrue(deploy.out().contains("camera://127.78.0."), deploy.out());
        assertTrue(lab.typed("node", "show", "node-1").out().contains("org.example.cameras.Camera"));
    }

    @Test
    void itsDriverMakesItsResourcesAndRepairsWhatDrifts() throws IOException {
        assertEquals(0, lab.typed("deploy", module(UnaryOperator.identity())).exitCode());
        Path mask = mask("door-mask");
        assertEquals("left third", Files.readString(mask));
        assertTrue(
                lab.typed("status").out().contains("camera-mask door-mask"),
                () -> lab.typed("status").out());

        Files.writeString(mask, "nothing");
        Eventually.holds("an edited mask is as declared again", () -> read(mask).equals("left third"));
        Files.delete(mask);
        Eventually.holds("a lost mask is there again", () -> Files.exists(mask));

        assertEquals(0, lab.typed("withdraw", "watch").exitCode());
        assertFalse(Files.exists(mask));
    }

    @Test
    void aNodeWithoutItsDriverIsNotPlannedOn() throws IOException {
        String module = module(UnaryOperator.identity());
        try (QuickLab bare = QuickLab.begin(folder.resolve("bare"))) {
            Typed deploy = bare.typed("deploy", module);

            assertEquals(1, deploy.exitCode(), deploy::out);
            assertTrue(deploy.err().contains("org.example.cameras.Camera"), deploy::err);
        }
    }

    private Path mask(String name) {
        return Stream.of("node-1", "node-2", "node-3")
                .map(node -> lab.state(node).resolve("camera-mask/watch").resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itsSmokeTestStopsADeployThatDoesNotShowWhatItShould() {
        String module = module(source -> source.replace(
                "Sees.of(yard, \"Welcome\")", "Sees.of(yard, \"Cat\").within(java.time.Duration.ofSeconds(1))"));

        Typed deploy = lab.typed("deploy", module);

        assertEquals(1, deploy.exitCode(), deploy::out);
        assertTrue(deploy.err().contains("look whether the cap is on"), deploy::err);
    }

    @Test
    void itsRuleNamesTheLineOfItsOwnName() {
        String module = module(source -> source.replace("CameraName.of(\"yard\")", "CameraName.of(\"door\")"));

        Typed check = Typed.command("check", module);

        assertEquals(4, check.exitCode(), check::out);
        assertTrue(
                check.err().contains("camera 'door' has two feeds; one may open it at a time [camera-seen-twice]"),
                check::err);
        assertTrue(check.err().contains("org/example/watch/Watch.java:"), check::err);
    }

    @Test
    void itsTopologyMovesWorkToTheSpareWhileSomebodyWorksOnEveryNode() {
        String module = module(UnaryOperator.identity());
        Stream.of("node-1", "node-2", "node-3").forEach(node -> lab.typed("node", "cordon", node));

        Typed plan = lab.typed("plan", module);

        assertEquals(1, plan.exitCode(), plan::out);
        assertTrue(plan.err().contains("none of 0 nodes"), plan::err);
    }

    /** The two modules as jars in one folder. */
    private String module(UnaryOperator<String> watch) {
        Workshop workshop = new Workshop(folder.resolve("sources"));
        Path cameras = folder.resolve("jars/cameras.jar");
        Map<String, String> own = sources("org.example.watch");
        own.replaceAll((_, source) -> watch.apply(source));
        Path classes = workshop.compile(
                "org.example.watch",
                moduleInfo("org.example.watch"),
                own,
                Stream.concat(Stream.of(cameras), Stream.of(framework())).toArray(Path[]::new));
        return Workshop.jar(classes, folder.resolve("jars/watch.jar")).toString();
    }

    private Path cameras() {
        return new Workshop(folder.resolve("sources"))
                .compile(
                        "org.example.cameras",
                        moduleInfo("org.example.cameras"),
                        sources("org.example.cameras"),
                        framework());
    }

    /** What a rule is compiled against, beside the domain. */
    private static Path[] framework() {
        return Stream.concat(
                        Stream.of("io.nationtech.harmony.rules", "io.nationtech.harmony.placement")
                                .map(ExtensionTest::location),
                        Stream.of(location(DriverProvider.class)))
                .toArray(Path[]::new);
    }

    /** Where the module of a class is that the test has on its class path. */
    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path location(String module) {
        URI location = ModuleLayer.boot()
                .configuration()
                .findModule(module)
                .flatMap(found -> found.reference().location())
                .orElseThrow();
        return Path.of(location);
    }

    private static String moduleInfo(String module) {
        return read(SOURCES.resolve(module).resolve("module-info.java"));
    }

    private static Map<String, String> sources(String module) {
        Path root = SOURCES.resolve(module);
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
                    .forEach(file -> sources.put(root.relativize(file).toString(), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
