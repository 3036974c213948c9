package io.nationtech.harmony.programs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.programs.Ended.Exited;
import io.nationtech.harmony.programs.Ended.Killed;
import io.nationtech.harmony.programs.Ended.NotStarted;
import io.nationtech.harmony.programs.Ended.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int MANY = 3 << 20;

    @TempDir
    Path folder;

    private final List<ProcessHandle> survivors = new ArrayList<>();

    @AfterEach
    void endSurvivors() {
        survivors.forEach(ProcessHandle::destroyForcibly);
    }

    private static Program shell(String script) {
        return Program.of("sh", "-c", script);
    }

    /** The processes whose numbers were written, one a line; they end with the test. */
    private List<ProcessHandle> told(Written numbers) {
        List<ProcessHandle> all = numbers.text()
                .lines()
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)).stream())
                .toList();
        survivors.addAll(all);
        return all;
    }

    private static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos(), what + ": not within 20 s");
            Thread.sleep(10);
        }
    }

    @Test
    void codeOutputAndErrorsAreToldApart() throws Exception {
        Exited ended = assertInstanceOf(
                Exited.class, shell("echo out; echo err >&2; exit 3").run(LONG));

        assertEquals(3, ended.code());
        assertFalse(ended.isGood());
        assertEquals("out\n", ended.output().text());
        assertEquals("err\n", ended.errors().text());
        assertEquals("ended with 3:\nerr", ended.complaint());
    }

    @Test
    void mixedStreamsAreInTheOrderInWhichTheyWereWritten() throws Exception {
        Ended ended = shell("echo 1; echo 2 >&2; echo 3").mixed().run(LONG);

        assertEquals("1\n2\n3\n", ended.output().text());
        assertEquals("", ended.errors().text());
    }

    @Test
    void whatDoesNotEndInTimeIsKilledWithAllThatItStarted() throws Exception {
        Killed ended = assertInstanceOf(
                Killed.class,
                shell("sleep 1000 & echo $!; (setsid sleep 1000 & echo $!); wait")
                        .run(SHORT));

        assertEquals(Reason.DEADLINE, ended.reason());
        assertEquals(124, ended.code());
        assertTrue(ended.how().startsWith("did not end within 5"), ended::how);
        assertEquals(2, ended.output().text().lines().count());
        assertEquals(
                List.of(),
                told(ended.output()).stream().filter(Killing::isAlive).toList());
    }

    @Test
    void whatAProgramIsThereToStartStaysWhenItIsKilled() throws Exception {
        Ended ended = shell("(setsid sleep 1000 & echo $!); sleep 1000")
                .leavingOffspring()
                .run(SHORT);

        assertInstanceOf(Killed.class, ended);
        assertTrue(told(ended.output()).stream().allMatch(Killing::isAlive));
    }

    @Test
    void whatHasItsMarkIsKilledWhoeverStartedIt() throws Exception {
        Mark mark = Mark.fresh();
        ProcessHandle elsewhere = Program.of("env", Mark.VARIABLE + "=" + mark.value(), "sleep", "1000")
                .inBackground()
                .toHandle();
        survivors.add(elsewhere);

        assertInstanceOf(Killed.class, Program.of("sleep", "1000").marked(mark).run(SHORT));

        assertFalse(Killing.isAlive(elsewhere));
    }

    @Test
    void theDeadlineHoldsForOneThatNeverStopsWriting() throws Exception {
        Ended ended = Program.of("yes").writing(Output.beginning(10)).run(SHORT);

        assertInstanceOf(Killed.class, ended);
        assertEquals("y\ny\ny\ny\ny\n", ended.output().text());
    }

    @Test
    void theDeadlineHoldsForOneThatDoesNotReadWhatItIsGiven() throws Exception {
        Ended ended =
                Program.of("sleep", "1000").reading(ByteBuffer.allocate(MANY)).run(SHORT);

        assertInstanceOf(Killed.class, ended);
    }

    @Test
    void outputBeyondTheBoundIsCountedAndDropped() throws Exception {
        Ended ended =
                Program.of("head", "-c", Integer.toString(MANY), "/dev/zero").run(LONG);

        assertTrue(ended.isGood(), ended::complaint);
        assertEquals(1 << 20, ended.output().kept().length);
        assertEquals(MANY, ended.output().bytes());
    }

    @Test
    void ofManyErrorsTheLastAreKept() throws Exception {
        Ended ended = shell("head -c %d /dev/zero >&2; echo because >&2; exit 1".formatted(MANY))
                .run(LONG);

        assertEquals(1, ended.code());
        assertEquals(64 << 10, ended.errors().kept().length);
        assertTrue(ended.errors().text().endsWith("because\n"));
    }

    @Test
    void whoKeepsThePipeOpenAfterItsEndIsNotWaitedFor() throws Exception {
        Ended ended = shell("sleep 1000 & echo $!").run(LONG);

        assertTrue(ended.isGood(), ended::complaint);
        assertTrue(told(ended.output()).stream().allMatch(Killing::isAlive), "it keeps the pipe open");
    }

    @Test
    void whoWritesOnAfterItsEndIsNotReadFor() throws Exception {
        Path number = folder.resolve("number");
        Ended ended = shell("yes & echo $! > " + number).run(LONG);

        assertTrue(ended.isGood(), ended::how);
        for (ProcessHandle writer : ProcessHandle.of(
                        Long.parseLong(Files.readString(number).strip()))
                .stream()
                .toList()) {
            survivors.add(writer);
            eventually("whoever writes to nobody is told so", () -> !Killing.isAlive(writer));
        }
    }

    @Test
    void whoeverWaitsLeavesRoomForOtherVirtualThreads() throws Exception {
        List<Thread> waiting = IntStream.range(0, Runtime.getRuntime().availableProcessors() + 2)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    try {
                        Program.of("sleep", "1000").run(LONG);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        CompletableFuture<String> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> done.complete("alive"));

        assertEquals("alive", done.get(10, TimeUnit.SECONDS));
        waiting.forEach(Thread::interrupt);
        for (Thread thread : waiting) {
            assertTrue(thread.join(Duration.ofSeconds(10)));
        }
    }

    @Test
    void anInterruptedThreadLeavesNoProgramBehind() throws Exception {
        CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
        Path number = folder.resolve("number");
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                shell("(setsid sleep 1000 & echo $! > %1$s.new; mv %1$s.new %1$s); yes".formatted(number))
                        .run(LONG);
                wasInterrupted.complete(false);
            } catch (InterruptedException e) {
                wasInterrupted.complete(true);
            }
        });
        eventually("it runs", () -> Files.exists(number));
        waiting.interrupt();

        assertTrue(wasInterrupted.get(20, TimeUnit.SECONDS));
        assertEquals(
                List.of(),
                ProcessHandle.of(Long.parseLong(Files.readString(number).strip())).stream()
                        .filter(Killing::isAlive)
                        .toList());
    }

    @Test
    void oneThatIsNotThereIsToldByName() throws Exception {
        NotStarted ended = assertInstanceOf(
                NotStarted.class, Program.of("no-such-program", "--option").run(LONG));

        assertEquals(127, ended.code());
        assertTrue(ended.complaint().contains("no-such-program"), ended::complaint);
    }

    /** The build sets these for this process. */
    @Test
    void aChildHasNothingThatSystemdToldThisProcess() throws Exception {
        Set<String> ours = Set.of(
                "NOTIFY_SOCKET", "CREDENTIALS_DIRECTORY", "LISTEN_FDS", "LISTEN_PID", "INVOCATION_ID", "WATCHDOG_USEC");
        assertTrue(System.getenv().keySet().containsAll(ours), "the test proves nothing");

        Ended ended = Program.of("env").with(Map.of("MORE", "said")).run(LONG);

        Map<String, String> childs = ended.output()
                .text()
                .lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(line -> line.split("=", 2)[0], line -> line.split("=", 2)[1], (a, _) -> a));
        assertEquals(Set.of(), ours.stream().filter(childs::containsKey).collect(Collectors.toSet()));
        assertEquals("said", childs.get("MORE"));
        assertEquals("C.UTF-8", childs.get("LC_ALL"));
        assertEquals(System.getenv("PATH"), childs.get("PATH"));
    }

    @Test
    void itReadsAllThatItIsGivenAndFindsTheEnd() throws Exception {
        byte[] given = "0123456789abcdef".repeat(MANY / 16).getBytes(StandardCharsets.US_ASCII);
        Ended ended = Program.of("cat")
                .reading(ByteBuffer.wrap(given))
                .writing(Output.beginning(2 * MANY))
                .run(LONG);

        assertArrayEquals(given, ended.output().kept());
        assertEquals("", Program.of("cat").run(LONG).output().text(), "else there is nothing, at once");
        Path file = Files.writeString(folder.resolve("file"), "content");
        assertEquals(
                "content", Program.of("cat").reading(file).run(LONG).output().text());
    }

    @Test
    void linesAreToldWhileItRunsAndLongOnesAreCut() throws Exception {
        List<String> lines = new ArrayList<>();
        Ended ended = shell("echo one; head -c %d /dev/zero | tr '\\0' x; echo; printf three".formatted(MANY))
                .writing(new Output.Lines(lines::add))
                .run(LONG);

        assertTrue(ended.isGood(), ended::complaint);
        assertEquals(3, lines.size());
        assertEquals("one", lines.getFirst());
        assertEquals(1 << 16, lines.get(1).length());
        assertEquals("three", lines.getLast());
    }

    @Test
    void aReaderThatThrowsKillsTheProgram() {
        List<ProcessHandle> begun = new ArrayList<>();
        Program program = shell("echo $$; exec sleep 1000").writing(new Output.Lines(line -> {
            ProcessHandle.of(Long.parseLong(line)).ifPresent(begun::add);
            throw new IllegalStateException("a defect");
        }));

        assertThrows(IllegalStateException.class, () -> program.run(LONG));
        assertFalse(Killing.isAlive(begun.getFirst()));
    }

    @Test
    void whatWritesMoreIntoAFileThanItMayIsKilled() throws Exception {
        Path file = folder.resolve("output");
        Program within = Program.of("head", "-c", "1000", "/dev/zero").writing(new Output.InFile(file, 1000));
        assertTrue(within.run(LONG).isGood());
        assertEquals(1000, Files.size(file));

        Killed ended = assertInstanceOf(
                Killed.class,
                Program.of("yes").writing(new Output.InFile(file, MANY)).run(LONG));
        assertEquals(Reason.TOO_MUCH, ended.reason());
        Ended quick = Program.of("head", "-c", "1001", "/dev/zero")
                .writing(new Output.InFile(file, 1000))
                .run(LONG);
        assertInstanceOf(Killed.class, quick, "also what was quicker than who looks");
    }

    @Test
    void whoWatchesCanHaveItKilled() throws Exception {
        try (ProgramGroup group = new ProgramGroup()) {
            Ended ended = group.run(Program.of("sleep", "1000"), LONG, () -> Watch.Verdict.KILL);

            assertEquals(Reason.WATCH, assertInstanceOf(Killed.class, ended).reason());
        }
    }

    @Test
    void nothingOutlivesItsGroup() throws Exception {
        ProgramGroup group = new ProgramGroup();
        Path begun = folder.resolve("begun");
        CompletableFuture<Ended> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(group.run(
                        shell("(setsid sleep 1000 & echo $!); touch %s; exec sleep 1000".formatted(begun)), LONG));
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
            }
        });
        Followed followed = group.follow(shell("echo $$; exec sleep 1000"));
        byte[] number = new byte[20];
        int length = followed.output().read(number);
        ProcessHandle follower = ProcessHandle.of(
                        Long.parseLong(new String(number, 0, length, StandardCharsets.US_ASCII).strip()))
                .orElseThrow();
        eventually("both run", () -> Files.exists(begun));

        group.close();

        assertFalse(Killing.isAlive(follower));
        Killed ended = assertInstanceOf(Killed.class, done.get(20, TimeUnit.SECONDS));
        assertEquals(Reason.CLOSED, ended.reason());
        assertEquals(
                List.of(),
                told(ended.output()).stream().filter(Killing::isAlive).toList());
        assertInstanceOf(Killed.class, group.run(Program.of("sleep", "1000"), LONG), "and nothing begins any more");
    }

    @Test
    void whatIsFollowedEndsWhenItIsClosed() throws Exception {
        try (ProgramGroup group = new ProgramGroup()) {
            Followed followed = group.follow(shell("echo out; echo err >&2; exec sleep 1000"));
            assertEquals("out\nerr\n", new String(followed.output().readNBytes(8), StandardCharsets.US_ASCII));

            followed.close();

            assertTrue(isOver(followed));
        }
    }

    /** Who reads at that moment may also be told that the pipe is closed. */
    private static boolean isOver(Followed followed) {
        try {
            return followed.output().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whatAnOwnerLeftIsKilledByTheNext() throws Exception {
        String owner = "test of " + folder;
        ProcessHandle left = Program.of(
                        "env", Mark.VARIABLE + "=" + Mark.of(owner).value(), "sleep", "1000")
                .inBackground()
                .toHandle();
        ProcessHandle anothers = Program.of(
                        "env", Mark.VARIABLE + "=" + Mark.of(owner + "2").value(), "sleep", "1000")
                .inBackground()
                .toHandle();
        survivors.addAll(List.of(left, anothers));
        eventually(
                "both run",
                () -> List.of(left, anothers).stream()
                        .allMatch(one -> one.info().command().orElse("").contains("sleep")));

        assertEquals(List.of(left), Mark.killLeft(owner));

        assertFalse(Killing.isAlive(left));
        assertTrue(Killing.isAlive(anothers));
    }
}
