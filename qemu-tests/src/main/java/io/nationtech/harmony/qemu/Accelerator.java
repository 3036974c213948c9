package io.nationtech.harmony.qemu;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How QEMU runs the guest's processor. */
enum Accelerator {
    /** By this machine's processor. */
    KVM("kvm"),
    /** Emulated: works everywhere, about ten times as slow. */
    EMULATION("tcg,thread=multi");

    private static final int SECONDS_TO_TRY = 10;

    private final String option;

    Accelerator(String option) {
        this.option = option;
    }

    List<String> options() {
        return List.of("-accel", option, "-cpu", "max");
    }

    /**
     * KVM where it works. The device alone proves nothing: in some virtual machines it opens, and then refuses the processor; and QEMU
     * ends then rather than to fall back.
     */
    static Accelerator best() throws IOException {
        Process trial = new ProcessBuilder(List.of(
                        "qemu-system-x86_64",
                        "-nodefaults",
                        "-display",
                        "none",
                        "-machine",
                        "q35",
                        "-S",
                        "-monitor",
                        "stdio",
                        "-accel",
                        KVM.option,
                        "-cpu",
                        "max"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream monitor = trial.getOutputStream()) {
            monitor.write("quit\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It ended before it was told to: its exit status says so.
        }
        try {
            return trial.waitFor(SECONDS_TO_TRY, TimeUnit.SECONDS) && trial.exitValue() == 0 ? KVM : EMULATION;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            trial.destroyForcibly();
        }
    }
}
