package io.nationtech.harmony.os.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Programs of the tools tree that a test needs to succeed. */
final class Programs {
    private Programs() {}

    static String run(String... words) {
        try {
            Program.Ended ended = Program.run(Duration.ofMinutes(2), List.of(words));
            assertEquals(0, ended.code(), () -> String.join(" ", words) + ": " + ended.output());
            return ended.output();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
