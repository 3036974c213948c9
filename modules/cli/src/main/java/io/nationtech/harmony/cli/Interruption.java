package io.nationtech.harmony.cli;

/** Says what an interrupted deploy leaves behind, when somebody presses Ctrl-C. */
final class Interruption implements AutoCloseable {
    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    static Interruption explained(Terminal terminal) {
        Thread hook = new Thread(() -> terminal.say(
                System.lineSeparator() + "Interrupted. Nodes that were told go on; the others stay as they are.\n"
                        + "  → deploy again to go on from here, or look at `harmony status`"));
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook is speaking.
            Thread.currentThread().interrupt();
        }
    }
}
