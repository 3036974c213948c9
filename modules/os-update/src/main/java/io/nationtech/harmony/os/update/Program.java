package io.nationtech.harmony.os.update;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, or to a deadline, when it is killed. */
final class Program {
    /** The most bytes of output that are kept. */
    private static final int MOST = 1 << 20;

    private static final File NOTHING = new File("/dev/null");

    private Program() {}

    /** How it ended, and what it wrote on both of its outputs. */
    record Ended(int code, String output) {
        boolean isGood() {
            return code == 0;
        }
    }

    /** Reads what a program writes. */
    interface Reader {
        void read(InputStream output) throws IOException, UpgradeException;
    }

    /**
     * @throws IOException when it cannot be started, or is not over in time
     */
    static Ended run(Duration deadline, List<String> words) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        try {
            int code = run(
                    deadline,
                    new ProcessBuilder(words).redirectErrorStream(true),
                    output -> text.append(new String(output.readNBytes(MOST), StandardCharsets.UTF_8)));
            return new Ended(code, text.toString());
        } catch (UpgradeException e) {
            throw new IllegalStateException("that reader throws nothing such", e);
        }
    }

    /** The same, with what it writes given to somebody. */
    static int run(Duration deadline, ProcessBuilder builder, Reader reader)
            throws IOException, UpgradeException, InterruptedException {
        Process process = builder.redirectInput(Redirect.from(NOTHING)).start();
        Thread guard = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        });
        try (InputStream output = process.getInputStream()) {
            reader.read(output);
            return process.waitFor();
        } finally {
            guard.interrupt();
            process.destroyForcibly();
        }
    }
}
