package io.nationtech.harmony.installer;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        Program question = Program.of("systemd-creds", "has-tpm2", "--quiet");
        Ended ended = question.run(LONGEST);
        return switch (ended) {
            case Ended.Exited _ -> ended.isGood() ? Key.TPM : Key.NONE;
            case Ended.Killed _, Ended.NotStarted _ ->
                throw failed("%s %s".formatted(question.words().getFirst(), ended.complaint()));
        };
    }

    /**
     * Writes each as {@code <name>.cred} into a new folder. They are bound to the TPM and not to what it measured: new firmware
     * changes that, and would cut the node off.
     */
    static void write(Map<String, String> contents, Key key, Path folder) throws InterruptedException {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> credential : contents.entrySet()) {
                Tool.run(
                        LONGEST,
                        Program.of(
                                        "systemd-creds",
                                        "encrypt",
                                        "--with-key=" + key.option,
                                        "--tpm2-pcrs=",
                                        "--name=" + credential.getKey(),
                                        "-",
                                        folder.resolve(credential.getKey() + ".cred")
                                                .toString())
                                .reading(StandardCharsets.UTF_8.encode(credential.getValue())));
            }
        } catch (IOException e) {
            throw failed(e.toString());
        }
    }

    private static InstallationFailedException failed(String why) {
        return new InstallationFailedException(
                new Cause("nothing can be sealed: " + why, "this machine", "start it from the stick again"));
    }
}
