package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgramsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private final Programs programs = Programs.here();

    @Test
    void tellsStatusOutputAndErrorsApart() {
        Finished finished = programs.run(LONG, "sh", "-c", "echo out; echo err >&2; exit 3");

        assertEquals(new Finished(3, "out\n", "err\n"), finished);
    }

    @Test
    @Timeout(20)
    void killsWhatDoesNotEndInTimeAndSaysSo() {
        Finished finished = programs.run(Duration.ofMillis(500), "sh", "-c", "sleep 1000 & echo $! >&2; wait");

        assertTrue(!finished.succeeded());
        assertTrue(finished.complaint().contains("did not end within"), finished::toString);
        long child = Long.parseLong(finished.errors().lines().toList().getLast());
        Eventually.holds("its child is gone too", () -> isGone(child));
    }

    @Test
    void dropsOutputBeyondTheBoundButLetsTheProgramEnd() {
        Finished finished = programs.run(LONG, "head", "-c", Integer.toString(3 * Programs.MOST_OUTPUT), "/dev/zero");

        assertTrue(finished.succeeded());
        assertEquals(Programs.MOST_OUTPUT, finished.output().length());
    }

    @Test
    @Timeout(20)
    void doesNotWaitForAGrandchildThatKeepsThePipeOpen() {
        Finished finished = programs.run(LONG, "sh", "-c", "sleep 1000 & echo $!");

        long grandchild = Long.parseLong(finished.output().strip());
        assertTrue(!isGone(grandchild), "it keeps the pipe open");
        ProcessHandle.of(grandchild).orElseThrow().destroyForcibly();
    }

    @Test
    @Timeout(60)
    void pipesThatStayOpenDoNotStallVirtualThreads() throws Exception {
        List<Long> grandchildren = IntStream.range(0, Runtime.getRuntime().availableProcessors() + 2)
                .mapToObj(_ -> programs.run(LONG, "sh", "-c", "sleep 1000 & echo $!"))
                .map(finished -> Long.parseLong(finished.output().strip()))
                .toList();
        CompletableFuture<String> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> done.complete("alive"));

        try {
            assertEquals("alive", done.get(10, TimeUnit.SECONDS));
        } finally {
            grandchildren.forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
        }
    }

    @Test
    void aChildDoesNotGetTheAgentsNotifySocket() {
        Map<String, String> environment = new HashMap<>(Map.of("NOTIFY_SOCKET", "/run/agent", "HOME", "/root"));
        Programs.clean(environment);

        assertTrue(!environment.containsKey("NOTIFY_SOCKET"), environment::toString);
        assertEquals("/root", environment.get("HOME"));
    }

    @Test
    void aMissingProgramIsToldWithThePathThatWasSearched() {
        RuntimeUnavailableException missing = assertThrows(
                RuntimeUnavailableException.class, () -> new Programs(List.of(), "/nowhere").run(LONG, "podman"));

        assertTrue(missing.why().what().contains("podman"), missing::toString);
        assertTrue(missing.why().where().contains("/nowhere"), missing::toString);
    }

    @Test
    @Timeout(20)
    void anInterruptedCallerDoesNotLeaveTheProgramBehind() throws Exception {
        CompletableFuture<Finished> done = new CompletableFuture<>();
        Thread caller = Thread.ofPlatform().start(() -> done.complete(programs.run(LONG, "sleep", "1000.25")));
        caller.interrupt();

        assertTrue(!done.get(10, TimeUnit.SECONDS).succeeded());
    }

    @Test
    @Timeout(20)
    void nothingThatItRunsOutlivesIt() throws Exception {
        CompletableFuture<Finished> done = new CompletableFuture<>();
        Process follower = programs.start("sleep", "1000.5");
        Thread.ofPlatform().start(() -> done.complete(programs.run(LONG, "sh", "-c", "echo begun; sleep 1000.75")));
        Eventually.holds(
                "both run",
                () -> ProcessHandle.current()
                                .descendants()
                                .filter(child ->
                                        child.info().commandLine().orElse("").contains("sleep 1000."))
                                .count()
                        >= 2);

        programs.close();

        assertTrue(!done.get(10, TimeUnit.SECONDS).succeeded());
        assertTrue(follower.waitFor(10, TimeUnit.SECONDS));
        assertTrue(!programs.run(LONG, "sleep", "1000.6").succeeded(), "and nothing begins any more");
    }

    /** Dead counts, even if nobody has asked yet how it ended. */
    private static boolean isGone(long pid) {
        return !Host.isProcessOf(pid, "/");
    }
}
