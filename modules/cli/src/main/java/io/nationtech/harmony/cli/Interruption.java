package io.nationtech.harmony.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says what an interrupted deploy leaves behind, when somebody presses Ctrl-C, and lets it give up its lease. */
final class Interruption implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Terminal terminal, Thread worker) {
        this.hook = new Thread(() -> {
            terminal.say(System.lineSeparator()
                    + "Interrupted. Nodes that were told go on; the others stay as they are.\n"
                    + "  → deploy again to go on from here, or look at `harmony status`");
            worker.interrupt();
            awaitClosed();
        });
    }

    static Interruption explained(Terminal terminal) {
        Interruption interruption = new Interruption(terminal, Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void awaitClosed() {
        try {
            closed.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook is speaking.
            Thread.currentThread().interrupt();
        }
    }
}
