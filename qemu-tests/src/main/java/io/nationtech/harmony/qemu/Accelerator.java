package io.nationtech.harmony.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How QEMU runs the guest's processor. */
enum Accelerator {
    /** By this machine's processor. */
    KVM("kvm"),
    /** Emulated: works everywhere, about ten times as slow. */
    EMULATION("tcg,thread=multi");

    private final String option;

    Accelerator(String option) {
        this.option = option;
    }

    List<String> options() {
        return List.of("-accel", option, "-cpu", "max");
    }

    /** KVM where it works, which a trial finds out. */
    static Accelerator best() throws IOException {
        String trial = System.getProperty("harmony.project") + "/qemu-tests/accelerator";
        Process process = new ProcessBuilder(trial)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return switch (said) {
            case "kvm" -> KVM;
            case "tcg" -> EMULATION;
            default -> throw new IOException("%s said '%s'".formatted(trial, said));
        };
    }
}
