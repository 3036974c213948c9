package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.Author;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who applies: {@code user@host}, as the journal and the lease of a deployment name them. */
final class PersonAtKeyboard {
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST = 60;

    private PersonAtKeyboard() {}

    static Author author() {
        return Author.of(word(System.getProperty("user.name", "")) + "@" + word(host()));
    }

    /** The kernel knows its own name; Java would ask a name server for it. */
    private static String host() {
        try {
            return Files.readString(HOST).strip();
        } catch (IOException e) {
            return System.getenv().getOrDefault("HOSTNAME", "");
        }
    }

    private static String word(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9._-]", "-");
        return plain.isEmpty() ? "unknown" : plain.substring(0, Math.min(LONGEST, plain.length()));
    }
}
