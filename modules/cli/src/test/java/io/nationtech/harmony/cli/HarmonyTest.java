package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmonyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statsu",
                "status --output yaml",
                "status --mesh http://example.org",
                "status Not_A_Name",
                "logs website -n 0",
                "logs",
                "deploy",
                "deploy x --timeout 0",
                "deploy x --accept-loss volume",
                "operate x --every 0s",
                "operate x --every 25h",
                "operate x --every soon",
                "why x Node_1",
                "apply",
                "node",
                "node show"
            })
    void endsWithTwoForWhatItDoesNotUnderstandAndSaysWhatHelps(String line) {
        Typed typed = Typed.command(line.split(" "));

        assertEquals(2, typed.exitCode(), typed.err());
        assertEquals("", typed.out());
        assertEquals(2, typed.err().lines().count(), typed.err());
        assertTrue(typed.err().contains("--help` shows"), typed.err());
    }

    @Test
    void suggestsWhatWasMeant() {
        String said = Typed.command("statsu").err();

        assertTrue(said.contains("did you mean `status`"), said);
    }

    @Test
    void endsWithThreeAndTwoLinesWhenNoMeshAnswers() {
        Typed typed = Typed.command("status", "--mesh", "nats://127.0.0.1:9");

        assertEquals(3, typed.exitCode());
        assertEquals("", typed.out());
        assertEquals(2, typed.err().lines().count(), typed.err());
        assertTrue(typed.err().contains("nats://127.0.0.1:9"), typed.err());
    }

    @Test
    void aCommandThatFailsBeforeItBeganAnswersAProgramInItsForm() {
        Typed typed = Typed.command("status", "-o", "json", "--mesh", "nats://127.0.0.1:9");

        assertEquals(3, typed.exitCode());
        assertTrue(typed.out().replace(" ", "").contains("\"result\":\"failed\""), typed.out());
        assertTrue(typed.out().contains("nats://127.0.0.1:9"), typed.out());
    }

    @Test
    void formatsAreNamedAsTheyAreWritten() {
        assertTrue(Typed.command("status", "-o", "xml").err().contains("'xml' is not one of table, json"));
    }

    @Test
    void showsWhereAnErrorCameFromWhenAsked() {
        Typed typed = Typed.command("status", "--verbose", "--mesh", "nats://127.0.0.1:9");

        assertEquals(3, typed.exitCode());
        assertTrue(typed.err().contains("\tat io.nationtech.harmony"), typed.err());
    }

    @Test
    void endsWithFourWithoutAskingTheMeshWhenThereIsNoSuchModule() {
        Typed typed = Typed.command("plan", "/nonexistent", "--mesh", "nats://127.0.0.1:9");

        assertEquals(4, typed.exitCode());
        assertTrue(typed.err().contains("'/nonexistent'"), typed.err());
    }

    @Test
    void documentsEveryExitCodeInItsHelp() {
        Typed typed = Typed.command("--help");

        assertEquals(0, typed.exitCode());
        for (ExitCode code : ExitCode.values()) {
            assertTrue(typed.out().contains("  %d  %s".formatted(code.code(), code.meaning())), typed.out());
        }
    }

    /** Each is made alone when it is named first, and with all others when it is not. */
    @Test
    void everyCommandOfTheHelpIsFoundByItsName() {
        List<String> names = Typed.command("--help")
                .out()
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.matches("  \\S.*"))
                .map(line -> line.strip().split(" ", 2)[0])
                .toList();

        assertTrue(names.containsAll(List.of("new", "status", "node", "completion")), names.toString());
        for (String name : names) {
            Typed alone = Typed.command(name, "--help");
            assertEquals(0, alone.exitCode(), alone.err());
            assertTrue(alone.out().startsWith("Usage: harmony " + name), alone.out());
            assertEquals(Typed.command("--verbose", name, "--help").out(), alone.out());
        }
    }

    @Test
    void tellsItsVersion() {
        assertTrue(Typed.command("--version").out().matches("harmony [0-9]+\\.[0-9]+\\.[0-9]+.*\\R"));
    }

    @Test
    void printsACompletionThatBashUnderstands(@TempDir Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("harmony"), Typed.command("completion").out());
        String ask = "source %s; COMP_WORDS=(harmony no); COMP_CWORD=1; _complete_harmony; echo \"${COMPREPLY[*]}\"";

        Process bash = new ProcessBuilder("bash", "-c", ask.formatted(script))
                .redirectErrorStream(true)
                .start();

        assertEquals("node", new String(bash.getInputStream().readAllBytes()).strip());
        assertEquals(0, bash.waitFor());
    }
}
