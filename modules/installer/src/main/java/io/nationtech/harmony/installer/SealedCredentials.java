package io.nationtech.harmony.installer;

import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Seals credentials for this machine, by systemd-creds(1), into files that systemd-stub(7) hands on. */
final class SealedCredentials {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private SealedCredentials() {}

    /** By what they are sealed. */
    enum Key {
        /** This machine's TPM alone opens them. */
        TPM("tpm2"),
        /** There is none: who has the disk can read them. */
        NONE("null");

        private final String option;

        Key(String option) {
            this.option = option;
        }
    }

    static Key key() throws InterruptedException {
        try {
            return new ProcessBuilder("systemd-creds", "has-tpm2", "--quiet")
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0
                    ? Key.TPM
                    : Key.NONE;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Writes each as {@code <name>.cred} into a new folder. They are bound to the TPM and not to what it measured: new firmware
     * changes that, and would cut the node off.
     */
    static void write(Map<String, String> contents, Key key, Path folder) throws InterruptedException {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> credential : contents.entrySet()) {
                Program.run(
                        LONGEST,
                        List.of(
                                "systemd-creds",
                                "encrypt",
                                "--with-key=" + key.option,
                                "--tpm2-pcrs=",
                                "--name=" + credential.getKey(),
                                "-",
                                folder.resolve(credential.getKey() + ".cred").toString()),
                        credential.getValue(),
                        () -> {});
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static InstallationFailedException failed(IOException e) {
        return new InstallationFailedException(
                new Cause("nothing can be sealed: " + e, "this machine", "start it from the stick again"));
    }
}
