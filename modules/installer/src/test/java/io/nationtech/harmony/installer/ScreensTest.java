package io.nationtech.harmony.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.installer.Screens.Movement;
import io.nationtech.harmony.installer.Screens.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreensTest {
    private final ByteArrayOutputStream monitor = new ByteArrayOutputStream();
    private final ByteArrayOutputStream serial = new ByteArrayOutputStream();

    /** As one that the machine does not really have. */
    private static final class Broken extends OutputStream {
        private int tries;

        @Override
        public void write(int one) throws IOException {
            tries++;
            throw new IOException("Input/output error");
        }
    }

    @Test
    void whoeverTypesAnywhereIsHeard() throws Exception {
        Screens screens = new Screens(List.of(
                new Screen(monitor, InputStream.nullInputStream(), Movement.LIVE),
                new Screen(serial, typed("  S64DNL \n"), Movement.LINES)));

        assertEquals("S64DNL", screens.ask("Disk:"));

        assertEquals("Disk: ", text(monitor));
        assertEquals("Disk: ", text(serial));
    }

    @Test
    void whatIsTypedWithoutEndIsCutAndDoesNotFillTheMemory() throws Exception {
        Screens screens = new Screens(List.of(new Screen(serial, typed("x".repeat(5000) + "\n"), Movement.LINES)));

        assertEquals(200, screens.ask("Disk:").length());
    }

    @Test
    void aConsoleThatFailsIsLeftOutAndTheOthersGoOn() {
        Broken broken = new Broken();
        Screens screens = new Screens(List.of(
                new Screen(broken, InputStream.nullInputStream(), Movement.LINES),
                new Screen(serial, InputStream.nullInputStream(), Movement.LINES)));

        screens.say("one\ntwo");
        screens.say("three");

        assertEquals("one\r\ntwo\r\nthree\r\n", text(serial));
        assertEquals(1, broken.tries);
    }

    @Test
    void progressIsABarOnAMonitorAndALineForEachTenthElsewhere() {
        Screens.Progress progress = new Screens(List.of(
                        new Screen(monitor, InputStream.nullInputStream(), Movement.LIVE),
                        new Screen(serial, InputStream.nullInputStream(), Movement.LINES)))
                .progress("Writing");
        for (int percent : new int[] {0, 3, 9, 10, 10, 5, 55, 100}) {
            progress.at(percent);
        }

        assertEquals("Writing: 0 %\r\nWriting: 10 %\r\nWriting: 55 %\r\nWriting: 100 %\r\n", text(serial));
        assertEquals(6, text(monitor).chars().filter(letter -> letter == '[').count());
        assertTrue(text(monitor).endsWith("[" + "#".repeat(40) + "] 100 %\r\n"), text(monitor));
    }

    private static InputStream typed(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream screen) {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
