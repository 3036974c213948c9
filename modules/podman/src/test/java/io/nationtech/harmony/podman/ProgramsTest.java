package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What podman's side makes of how programs end; how they are run has tests of its own. */
@Timeout(20)
class ProgramsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private final Programs programs = Programs.here();

    @Test
    void tellsStatusOutputAndErrorsApart() {
        Finished finished = programs.run(LONG, "sh", "-c", "echo out; echo err >&2; exit 3");

        assertEquals(new Finished(3, "out\n", "err\n"), finished);
    }

    @Test
    void ofMixedStreamsAFailureIsAllErrors() {
        String both = "echo out; echo err >&2; exit ";
        assertEquals(new Finished(0, "out\nerr\n", ""), programs.runMixed(LONG, "sh", "-c", both + 0));
        assertEquals(new Finished(3, "", "out\nerr\n"), programs.runMixed(LONG, "sh", "-c", both + 3));
    }

    @Test
    void whatDoesNotEndInTimeIsSaidByItsFirstWords() {
        Finished finished = programs.run(Duration.ofMillis(500), "sh", "-c", "echo so far >&2; sleep 1000", "more");

        assertTrue(!finished.succeeded());
        assertTrue(
                finished.complaint().startsWith("`sh -c echo so far >&2; sleep 1000 …` did not end within "),
                finished::toString);
        assertTrue(finished.errors().endsWith("so far\n"), finished::toString);
    }

    /** A container's monitor is one. */
    @Test
    void whatWentIntoTheBackgroundStaysWhenItsProgramIsKilled() {
        Finished finished =
                programs.run(Duration.ofMillis(500), "sh", "-c", "(setsid sleep 1000 & echo $! >&2); sleep 1000");

        long number = Long.parseLong(finished.errors().lines().toList().getLast());
        ProcessHandle stayed = ProcessHandle.of(number).orElseThrow();
        assertTrue(Host.isProcessOf(number, "/"));
        stayed.destroyForcibly();
    }

    @Test
    void aMissingProgramIsToldWithThePathThatWasSearched() {
        RuntimeUnavailableException missing = assertThrows(
                RuntimeUnavailableException.class, () -> new Programs(List.of(), "/nowhere").run(LONG, "podman"));

        assertTrue(missing.why().what().contains("podman"), missing::toString);
        assertTrue(missing.why().where().contains("/nowhere"), missing::toString);
    }

    @Test
    void anInterruptedCallerIsToldThatItFailed() throws Exception {
        CompletableFuture<Finished> done = new CompletableFuture<>();
        CompletableFuture<Boolean> isStillInterrupted = new CompletableFuture<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            done.complete(programs.run(LONG, "sleep", "1000.25"));
            isStillInterrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.interrupt();

        assertTrue(!done.get(10, TimeUnit.SECONDS).succeeded());
        assertTrue(isStillInterrupted.get(10, TimeUnit.SECONDS));
    }

    @Test
    void nothingBeginsAnyMoreOnceItIsClosed() {
        programs.close();

        Finished finished = programs.run(LONG, "sleep", "1000.6");
        assertTrue(finished.complaint().contains("not needed any more"), finished::toString);
    }
}
