package io.nationtech.harmony.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** What came of a typed command. */
record Typed(int exitCode, String out, String err) {

    static Typed command(String... arguments) {
        return given("", arguments);
    }

    /**
     * @param input what comes through a pipe
     */
    static Typed given(String input, String... arguments) {
        return given(input, InstantSource.system(), arguments);
    }

    /** At another time, as far as the command line itself looks at the clock. */
    static Typed at(Instant time, String... arguments) {
        return given("", InstantSource.fixed(time), arguments);
    }

    private static Typed given(String input, InstantSource clock, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                Ink.PLAIN,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Ink.PLAIN,
                Terminal.Movement.LINES,
                clock);
        int exitCode = Harmony.run(
                terminal,
                new ValueInput.Piped(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))),
                Map.of(),
                arguments);
        return new Typed(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
