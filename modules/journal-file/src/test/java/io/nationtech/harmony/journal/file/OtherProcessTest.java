package io.nationtech.harmony.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.graph.Journals.Opening;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only shows among processes: the kernel's locks are a process's, not a thread's. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OtherProcessTest {
    private static final Author HERE = Author.of("here@desk");
    private static final int TURNS = 20;

    @TempDir
    private Path folder;

    @Test
    void whatAnotherProcessHasOpenIsHeldUntilThatIsKilled() throws IOException, InterruptedException {
        FileJournals journals = new FileJournals(folder, InstantSource.fixed(Instant.EPOCH));
        Process other = start("there@desk", 1);
        try (BufferedReader lines = other.inputReader()) {
            assertEquals("turn 0", lines.readLine());

            // Whoever looks must not end the other's lock by looking.
            for (int look = 0; look < 3; look++) {
                assertEquals(
                        new Opening.Held(Author.of("there@desk"), Contender.SINCE),
                        journals.open(Contender.DEPLOYMENT, HERE));
            }
            other.destroyForcibly().waitFor();

            Opening.Opened opened = assertInstanceOf(Opening.Opened.class, journals.open(Contender.DEPLOYMENT, HERE));
            assertEquals(1, opened.journal().ledger().all().size());
            opened.journal().close();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** Between taking the lock and writing its name, a process may be stopped for long. */
    @Test
    void whoWroteTheirNameBeforeIsNotTakenForWhoHasItNow() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("contested.lock"), "before@desk %s%n".formatted(Contender.SINCE));
        Process other = start(Nameless.class, folder.resolve("contested.lock").toString());
        try (BufferedReader lines = other.inputReader()) {
            assertEquals("locked", lines.readLine());

            assertEquals(
                    new Opening.Held(Author.of("somebody"), Instant.EPOCH),
                    new FileJournals(folder, InstantSource.fixed(Instant.EPOCH)).open(Contender.DEPLOYMENT, HERE));
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** Locks a file and writes nothing. */
    static final class Nameless {
        public static void main(String... arguments) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                System.out.println(channel.tryLock(0, 1, false) == null ? "held" : "locked");
                System.in.read();
            }
        }
    }

    @Test
    void ofSeveralProcessesOneIsAtItAtATimeAndTheOthersAreToldWho() throws IOException, InterruptedException {
        List<String> names = List.of("one@desk", "two@desk", "three@desk", "four@desk");
        List<Process> processes =
                names.stream().map(name -> start(name, TURNS + 1)).toList();
        try {
            // The last turn of each waits for what it may read, so there must be nothing to come.
            for (Process process : processes) {
                process.getOutputStream().close();
            }
            List<String> lines = IntStream.range(0, processes.size())
                    .boxed()
                    .flatMap(one -> toTheEnd(processes.get(one), names.get(one)).stream())
                    .toList();

            List<String> told =
                    lines.stream().filter(line -> line.startsWith("held")).toList();
            assertTrue(told.size() > TURNS, () -> "told only " + told);
            assertTrue(
                    told.stream()
                            .allMatch(line -> names.stream()
                                    .anyMatch(name -> line.equals("held %s %s".formatted(name, Contender.SINCE)))),
                    told::toString);
            assertEquals(
                    names.size() * (TURNS + 1),
                    new FileJournals(folder, InstantSource.system())
                            .read(Contender.DEPLOYMENT)
                            .all()
                            .size());
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static List<String> toTheEnd(Process process, String name) {
        try {
            List<String> lines = process.inputReader().readAllLines();
            assertEquals(0, process.waitFor(), () -> name + ": " + lines);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process start(String author, int turns) {
        return start(Contender.class, folder.toString(), author, Integer.toString(turns));
    }

    private static Process start(Class<?> program, String... arguments) {
        String classes = String.join(
                ":",
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        try {
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classes,
                    program.getName()));
            command.addAll(List.of(arguments));
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
