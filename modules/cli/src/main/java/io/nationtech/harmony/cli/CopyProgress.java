package io.nationtech.harmony.cli;

import io.nationtech.harmony.disks.Disk;
import java.util.function.LongConsumer;

/** How much was copied: a line that is drawn again, or one for each tenth. */
final class CopyProgress implements LongConsumer {
    private static final int WIDTH = 30;

    private final Terminal terminal;
    private final String done;
    private final long all;
    private int told;

    CopyProgress(Terminal terminal, String done, long all) {
        this.terminal = terminal;
        this.done = done;
        this.all = all;
    }

    @Override
    public void accept(long bytes) {
        int percent = (int) (bytes * 100 / all);
        int step = terminal.movement() == Terminal.Movement.LIVE ? 1 : 10;
        if (percent / step == told / step && percent < 100) {
            return;
        }
        told = percent;
        String line = "%3d %% %s of %s".formatted(percent, done, Disk.size(all));
        if (terminal.movement() == Terminal.Movement.LINES) {
            terminal.say(line);
            return;
        }
        int filled = percent * WIDTH / 100;
        terminal.err()
                .print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + line
                        + (percent == 100 ? "\n" : ""));
        terminal.err().flush();
    }
}
