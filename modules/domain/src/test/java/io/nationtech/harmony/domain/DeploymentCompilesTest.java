package io.nationtech.harmony.domain;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invalid deployment does not compile: the compiler is asked. Each refused source has a valid twin. */
class DeploymentCompilesTest {
    private static final Path DOMAIN = Path.of("target", "classes").toAbsolutePath();
    private static final ToolProvider JAVAC = ToolProvider.findFirst("javac").orElseThrow();

    @TempDir
    private Path folder;

    private record Compiled(int exit, String messages) {}

    @Test
    void aCompleteDeploymentCompiles() throws IOException {
        Compiled valid = compile(".on(homeLab).runs(web).provenBy(welcome)");

        assertEquals(0, valid.exit(), valid::messages);
    }

    @Test
    void aDeploymentWithoutSmokeTestDoesNot() throws IOException {
        refused(".on(homeLab).runs(web)", "Scored<HomeLab> cannot be converted to Deployment");
        refused(".on(homeLab).runs(web).provenBy()", "provenBy");
    }

    @Test
    void aDeploymentWithoutScoreDoesNot() throws IOException {
        refused(".on(homeLab).provenBy(welcome)", "cannot find symbol");
    }

    @Test
    void aDeploymentWithoutTopologyDoesNot() throws IOException {
        refused(".runs(web).provenBy(welcome)", "cannot find symbol");
    }

    @Test
    void aScoreRunsOnATopologyWithMoreThanItNeeds() throws IOException {
        Compiled valid = compile(".on(office).runs(web).provenBy(welcome)");

        assertEquals(0, valid.exit(), valid::messages);
    }

    @Test
    void aScoreWhoseCapabilityTheTopologyLacksDoesNot() throws IOException {
        refused(".on(names).runs(web).provenBy(welcome)", "ContainerService cannot be converted to Score");
    }

    @Test
    void aScoreThatNeedsTwoCapabilitiesWantsBoth() throws IOException {
        Compiled valid = compile(".on(office).runs(web).runs(Declared.both()).provenBy(welcome)");

        assertEquals(0, valid.exit(), valid::messages);
        refused(".on(homeLab).runs(web).runs(Declared.both()).provenBy(welcome)", "both");
    }

    @Test
    void aServiceWithoutMemoryLimitIsNone() throws IOException {
        Compiled refused = compile(".on(homeLab).runs(unlimited).provenBy(welcome)");

        assertAll(
                () -> assertEquals(1, refused.exit()),
                () -> assertTrue(
                        refused.messages().contains("ProbedAt cannot be converted to Score"), refused::messages));
    }

    private void refused(String stages, String saying) throws IOException {
        Compiled compiled = compile(stages);
        assertEquals(1, compiled.exit(), () -> "this compiled: " + stages);
        assertTrue(compiled.messages().contains(saying), compiled::messages);
    }

    private Compiled compile(String stages) throws IOException {
        Path source = Files.writeString(folder.resolve("Declared.java"), """
                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;

                class Declared {
                    interface HomeLab extends ContainerRuntime {}
                    interface Office extends HomeLab, DnsServer {}

                    static <C extends ContainerRuntime & DnsServer> Score<C> both() { throw new UnsupportedOperationException(); }

                    Deployment<?> with(Topology<HomeLab> homeLab, Topology<Office> office, Topology<DnsServer> names) {
                        ContainerService.ProbedAt unlimited = ContainerService.named(ServiceName.of("web"))
                                .image(ImageReference.of("registry.internal/web:1"))
                                .publishes(Port.of(80))
                                .probedAt(HttpPath.of("/"));
                        ContainerService web = unlimited.memoryLimit(Memory.mebibytes(64));
                        HttpSmokeTest welcome = HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome");
                        Deployment<?> declared = Deployment.named(DeploymentName.of("website"))%s;
                        return declared;
                    }
                }
                """.formatted(stages));
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages, true);
        int exit =
                JAVAC.run(out, out, "-proc:none", "-cp", DOMAIN.toString(), "-d", folder.toString(), source.toString());
        return new Compiled(exit, messages.toString());
    }
}
