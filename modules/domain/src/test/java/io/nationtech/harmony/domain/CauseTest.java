package io.nationtech.harmony.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CauseTest {

    @Test
    void isReadAsTwoLines() {
        assertEquals(
                "port 80 is taken (node n1)%n  → use another port".formatted(),
                new Cause("port 80 is taken", "node n1", "use another port").toString());
    }

    @Property(tries = 50)
    void whatAToolSaidAtLengthIsCut(@ForAll @StringLength(min = 1_990, max = 2_100) String text) {
        Cause cause = new Cause(text, text, text);

        assertTrue(cause.what().length() <= 2_000, cause.what());
        assertEquals(text.length() <= 2_000, cause.what().equals(harmless(text)));
        assertEquals(cause, new Cause(cause.what(), cause.where(), cause.next()));
    }

    private static String harmless(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) && "\n\t".indexOf(character) < 0 ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void whatComesFromAContainerCannotSteerATerminal() {
        assertEquals(
                "said ?[2J?]0;owned?\n\tand more",
                new Cause("said \u001b[2J\u009d]0;owned\u0007\n\tand more", "", "").what());
    }

    @Test
    void theCutSplitsNoCharacter() {
        for (String lead : new String[] {"", "a"}) {
            String cut = new Cause(lead + "🙂".repeat(2_000), "", "").what();
            assertEquals(cut, new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
    }
}
