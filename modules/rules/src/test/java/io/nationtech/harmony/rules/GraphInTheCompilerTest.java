package io.nationtech.harmony.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.placement.Placer;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment module, compiled as a build compiles it: nothing but javac and a processor path. */
class GraphInTheCompilerTest {
    private static final String SOURCE = """
            package lab;

            import io.nationtech.harmony.domain.*;
            import io.nationtech.harmony.domain.capability.*;
            import io.nationtech.harmony.domain.score.*;
            import io.nationtech.harmony.domain.value.*;

            public final class Lab implements DeploymentModule {
                interface Home extends ContainerRuntime {}

                public Deployment<Home> deployment() {
                    var first = service("first", 8080);
                    var second = service("second", 8081);
                    return Deployment.named(DeploymentName.of("lab"))
                            .on(Topology.of(TopologyName.of("lab"), Home.class, Site.of("home")))
                            .runs(first)
                            .runs(second)
                            .provenBy(HttpSmokeTest.of(first, HttpPath.of("/"), "hello"));
                }

                private static ContainerService service(String name, int port) {
                    return ContainerService.named(ServiceName.of(name))
                            .image(ImageReference.of("registry.internal/web:1"))
                            .publishes(Port.of(port))
                            .probedAt(HttpPath.of("/"))
                            .memoryLimit(Memory.mebibytes(64));
                }
            }
            """;

    @TempDir
    Path folder;

    private Path classes = Path.of("");

    @BeforeEach
    void place() {
        classes = folder.resolve("target/classes");
    }

    private record Compiled(int status, String said) {}

    private static String target(String module) {
        return Path.of(System.getProperty("harmony.project"), "modules", module, "target/classes")
                .toString();
    }

    private static String place(Class<?> type) {
        return type.getModule()
                .getLayer()
                .configuration()
                .findModule(type.getModule().getName())
                .flatMap(module -> module.reference().location())
                .map(location -> Path.of(location).toString())
                .orElseThrow();
    }

    private static final List<String> CHECKER = List.of(target("checker"));
    private static final List<String> CHECKER_AND_RULES =
            List.of(target("checker"), place(Rule.class), place(DeploymentModule.class), place(Placer.class));

    private Compiled compile(List<String> processors, String source) throws IOException {
        Path sources = folder.resolve("src/main/java");
        Map<String, String> texts = Map.of(
                "module-info.java",
                "module lab { requires io.nationtech.harmony.domain; provides io.nationtech.harmony.domain.DeploymentModule with lab.Lab; }",
                "lab/Lab.java",
                source);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.createDirectories(sources.resolve(text.getKey()).getParent());
            Files.writeString(sources.resolve(text.getKey()), text.getValue());
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        String[] arguments = Stream.of(
                        "--module-path",
                        place(DeploymentModule.class),
                        "--processor-path",
                        processors.stream().collect(Collectors.joining(File.pathSeparator)),
                        "-d",
                        classes.toString(),
                        sources.resolve("module-info.java").toString(),
                        sources.resolve("lab/Lab.java").toString())
                .toArray(String[]::new);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments);
        return new Compiled(status, said.toString());
    }

    private boolean isStamped() {
        return Files.exists(classes.resolve("META-INF/harmony/checked"));
    }

    @Test
    void whatHoldsIsCompiledAndStamped() throws IOException {
        Compiled compiled = compile(CHECKER_AND_RULES, SOURCE);

        assertEquals(0, compiled.status(), compiled.said());
        assertTrue(isStamped());
    }

    @Test
    void twoServicesOnOnePortDoNotCompile() throws IOException {
        Compiled compiled = compile(CHECKER_AND_RULES, SOURCE.replace("8081", "8080"));

        assertEquals(1, compiled.status(), compiled.said());
        assertTrue(
                compiled.said().contains("lab/Lab.java:")
                        && compiled.said()
                                .contains("'first' and 'second' both listen at port 8080 of their nodes, and may meet"),
                compiled.said());
        assertFalse(isStamped());
        assertFalse(Files.exists(classes.resolve("module-info.class")), "the next build begins anew");
    }

    @Test
    void withoutTheRulesADeploymentDoesNotCompile() throws IOException {
        Compiled compiled = compile(CHECKER, SOURCE);

        assertEquals(1, compiled.status(), compiled.said());
        assertTrue(
                compiled.said().contains("name io.nationtech.harmony:harmony-rules beside harmony-checker"),
                compiled.said());
        assertFalse(isStamped());
    }

    @Test
    void aDeploymentThatEndsTheProcessIsNoCheckedOne() throws IOException {
        Compiled compiled = compile(
                CHECKER_AND_RULES, SOURCE.replace("var first =", "if (true) System.exit(0);\n        var first ="));

        assertEquals(1, compiled.status(), compiled.said());
        assertTrue(compiled.said().contains("making the deployment ended its process with 0"), compiled.said());
        assertFalse(isStamped());
    }

    @Test
    void whatCannotBeMadeIsToldAtItsLine() throws IOException {
        Compiled compiled = compile(
                CHECKER_AND_RULES, SOURCE.replace("8081", "java.util.stream.IntStream.of(45_000, 45_000).sum()"));

        assertEquals(1, compiled.status(), compiled.said());
        assertTrue(compiled.said().contains("lab/Lab.java:24: port 90000 is outside 1..65535"), compiled.said());
    }
}
