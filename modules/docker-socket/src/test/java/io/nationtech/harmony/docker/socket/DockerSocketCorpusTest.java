package io.nationtech.harmony.docker.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.corpus.Case;
import io.nationtech.harmony.corpus.Scratch;
import io.nationtech.harmony.domain.DeploymentModule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes with the engine's socket, each refused at its line by the compiler, and each with its repair. */
class DockerSocketCorpusTest {
    private static final Path CHECKER =
            Path.of(System.getProperty("harmony.project"), "modules/checker/target/classes");

    static Stream<Case> cases() {
        return Case.of("docker-socket");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMistakeIsRefusedAtItsLine(Case mistake) throws IOException {
        List<String> said = said(mistake.wrong());

        assertFalse(mistake.marks().isEmpty(), "the case marks no mistake");
        for (Case.Mark mark : mistake.marks()) {
            String wanted = "Case.java:%d: ".formatted(mark.line());
            assertTrue(
                    said.stream().anyMatch(line -> line.startsWith(wanted) && line.contains(mark.message())),
                    () -> "wanted " + wanted + mark.message() + " in\n" + String.join("\n", said));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsRepairIsBuiltWithoutAWord(Case mistake) throws IOException {
        assertFalse(mistake.right().equals(mistake.wrong()), "the case has no repair");

        assertEquals(List.of(), said(mistake.right()));
    }

    @Test
    void thereAreEightOfThem() {
        assertEquals(8, cases().count());
    }

    /** Each diagnostic on one line, as it may go on over several. */
    private static List<String> said(String source) throws IOException {
        try (Scratch scratch = Scratch.make()) {
            StringWriter said = new StringWriter();
            ToolProvider.findFirst("javac")
                    .orElseThrow()
                    .run(
                            new PrintWriter(said, true),
                            new PrintWriter(said, true),
                            "--module-path",
                            Stream.of(DeploymentModule.class, DockerSocket.class)
                                    .map(DockerSocketCorpusTest::place)
                                    .collect(Collectors.joining(":")),
                            "--add-modules",
                            "io.nationtech.harmony.docker.socket",
                            "--processor-path",
                            CHECKER.toString(),
                            "-d",
                            scratch.folder().resolve("classes").toString(),
                            Files.writeString(scratch.folder().resolve("Case.java"), source)
                                    .toString());
            return said.toString().isEmpty()
                    ? List.of()
                    : Stream.of(said.toString().split("(?m)^[^\\s].*(?=Case\\.java:)"))
                            .map(diagnostic -> diagnostic.replaceAll("\\s+", " "))
                            .toList();
        }
    }

    private static String place(Class<?> type) {
        return Path.of(ModuleLayer.boot()
                        .configuration()
                        .findModule(type.getModule().getName())
                        .flatMap(module -> module.reference().location())
                        .orElseThrow())
                .toString();
    }
}
