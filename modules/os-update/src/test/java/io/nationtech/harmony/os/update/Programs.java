package io.nationtech.harmony.os.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.time.Duration;

/** Programs of the tools tree that a test needs to succeed. */
final class Programs {
    private Programs() {}

    static String run(String... words) {
        try {
            Ended ended = Program.of(words).mixed().run(Duration.ofMinutes(2));
            assertEquals(0, ended.code(), () -> String.join(" ", words) + " " + ended.complaint());
            return ended.output().text();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
