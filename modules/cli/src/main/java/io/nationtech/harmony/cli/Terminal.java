package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.Cause;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where a command writes: its result to {@code out}, everything else to {@code err}.
 *
 * @param clock tells how long things take
 */
record Terminal(PrintStream out, Ink outInk, PrintStream err, Ink errInk, Movement movement, InstantSource clock) {

    /** Whether lines may be drawn again. */
    enum Movement {
        LIVE,
        LINES
    }

    /** This process' own. The launcher says in system properties which stream is a terminal: Java cannot tell them apart. */
    static Terminal ofProcess(Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean colour = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean outIsTerminal = Boolean.getBoolean("harmony.terminal.out");
        boolean errIsTerminal = Boolean.getBoolean("harmony.terminal.err");
        return new Terminal(
                System.out,
                colour && outIsTerminal ? Ink.COLOUR : Ink.PLAIN,
                System.err,
                colour && errIsTerminal ? Ink.COLOUR : Ink.PLAIN,
                errIsTerminal && !dumb ? Movement.LIVE : Movement.LINES,
                InstantSource.system());
    }

    /** Whether somebody reads the result as it comes, rather than a program or file. */
    boolean isOutSeen() {
        return Boolean.getBoolean("harmony.terminal.out");
    }

    void result(String text) {
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    void say(String line) {
        err.println(line);
        err.flush();
    }

    void complain(Cause cause) {
        say(errInk.paint(Tone.BAD, "✗ ") + "%s (%s)".formatted(cause.what(), cause.where()));
        say("  → " + cause.next());
    }
}
