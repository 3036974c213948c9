package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.engine.NodeChange;
import io.nationtech.harmony.engine.NodeSpec;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LiveProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Terminal terminal = terminal(new PrintStream(written, true, StandardCharsets.UTF_8));

    @Test
    void drawsALineForEachNodeAgainAndLeavesTheirLastState() {
        LiveProgress progress = LiveProgress.begin(terminal);
        progress.planned(Examples.WEBSITE, List.of());
        progress.applying(change(1));
        progress.applying(change(2));
        Eventually.holds("both lines are drawn", () -> screen().contains("  … node 'node-2'  0 s"));
        progress.applied(change(1), new Outcome.Changed("node 'node-1' follows revision 4"));
        progress.applied(change(2), new Outcome.Failed(new Cause("x", "y", "z")));
        progress.testing(1);
        Eventually.holds("the tests are drawn", () -> screen().contains("  … smoke tests  0 s"));
        progress.close();

        assertEquals("""
                Nothing to change: deployment website is as declared.

                  ✓ node 'node-1' follows revision 4  0 s
                  ✗ node 'node-2' failed  0 s""", String.join("\n", screen()).stripTrailing());
    }

    /** What a terminal shows after everything that was written. */
    private List<String> screen() {
        List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        int row = 0;
        int column = 0;
        Matcher tokens = Pattern.compile("\u001b\\[(\\d*)([AK])|\\r|\\n|[^\u001b\\r\\n]+")
                .matcher(written.toString(StandardCharsets.UTF_8));
        while (tokens.find()) {
            String token = tokens.group();
            if (token.equals("\n")) {
                row++;
                column = 0;
                if (row == lines.size()) {
                    lines.add(new StringBuilder());
                }
            } else if (token.equals("\r")) {
                column = 0;
            } else if ("A".equals(tokens.group(2))) {
                row -= Integer.parseInt(tokens.group(1));
            } else if ("K".equals(tokens.group(2))) {
                lines.get(row).setLength(Math.min(column, lines.get(row).length()));
            } else {
                lines.get(row).replace(column, column + token.length(), token);
                column += token.length();
            }
        }
        return lines.stream().map(StringBuilder::toString).toList();
    }

    private static NodeChange change(int number) {
        return new NodeChange(Examples.fresh(number), NodeSpec.NOTHING, new NodeSpec(List.of(Examples.web())));
    }

    private static Terminal terminal(PrintStream err) {
        InstantSource still = InstantSource.fixed(Instant.EPOCH);
        return new Terminal(System.out, Ink.PLAIN, err, Ink.PLAIN, Terminal.Movement.LIVE, still);
    }
}
