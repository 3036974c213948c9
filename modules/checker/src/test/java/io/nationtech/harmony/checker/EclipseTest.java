package io.nationtech.harmony.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.corpus.Case;
import io.nationtech.harmony.corpus.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The compiler of Eclipse, and of VS Code's Java extension, with the checker on its processor path. */
class EclipseTest {
    private static final Path ECJ = Project.onTestPath("ecj");

    /** What the compiler itself runs on: editors often bring a runtime that has no javac. */
    enum Runtime {
        WHOLE,
        WITHOUT_JAVAC;

        Stream<String> options() {
            return switch (this) {
                case WHOLE -> Stream.of();
                case WITHOUT_JAVAC -> Stream.of("--limit-modules", "java.se");
            };
        }
    }

    /** What one run of it told, and which files it left. */
    private record Run(int status, String told, List<String> left) {
        @Override
        public String toString() {
            return "status %d, files %s:%n%s".formatted(status, left, told);
        }
    }

    /** In a JVM of its own, as editors are. */
    private static Run compile(String source, Runtime runtime) throws IOException {
        try (Scratch scratch = Scratch.make()) {
            Path file = Files.writeString(scratch.folder().resolve("Case.java"), source);
            Path classes = scratch.folder().resolve("classes");
            List<String> command = Stream.of(
                            Stream.of(Path.of(System.getProperty("java.home"), "bin/java")
                                    .toString()),
                            runtime.options(),
                            Stream.of("-XX:TieredStopAtLevel=1", "-jar", ECJ.toString(), "-25", "-nowarn"),
                            Stream.of(Javac.onModulePath()),
                            Stream.of(
                                    "-processorpath",
                                    Project.module("checker")
                                            .resolve("target/classes")
                                            .toString(),
                                    "-d",
                                    classes.toString(),
                                    file.toString()))
                    .flatMap(Function.identity())
                    .toList();
            // It writes generated sources into the folder that it runs in.
            Process ecj = new ProcessBuilder(command)
                    .directory(scratch.folder().toFile())
                    .redirectErrorStream(true)
                    .start();
            String told = new String(ecj.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(ecj.waitFor(), told, left(classes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static List<String> left(Path classes) throws IOException {
        if (!Files.isDirectory(classes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> classes.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void setsOfHigherOrderAreWritten(Runtime runtime) throws IOException {
        Run run = compile(Case.named("capabilities/nested-failover").right(), runtime);

        assertEquals(0, run.status(), run::toString);
        assertTrue(run.left().contains("HomeLabFailover.class"), run::toString);
        assertTrue(run.left().contains("HomeLabReplicated.class"), run::toString);
    }

    @Test
    void typesAndCapabilitiesAreChecked() throws IOException {
        for (String name : List.of("types/route-to-a-name", "capabilities/nested-failover")) {
            Run run = compile(Case.named(name).wrong(), Runtime.WHOLE);
            assertFalse(run.status() == 0, run::toString);
            assertTrue(
                    run.told().contains("1. ERROR in ") && run.told().contains("1 problem (1 error)"), run::toString);
        }
    }

    /** So nothing that it compiled counts as checked. */
    @ParameterizedTest
    @EnumSource
    void constantsAreLeftToTheBuildAndNothingIsStamped(Runtime runtime) throws IOException {
        Run wrong = compile(Case.named("constants/port-zero").wrong(), runtime);
        assertEquals(0, wrong.status(), wrong::toString);
        assertEquals("", wrong.told());

        Run deployment = compile(Case.named("graph/host-port-twice").wrong(), runtime);
        assertEquals(List.of("Case$Lab.class", "Case.class"), deployment.left(), deployment::toString);
    }
}
