package io.nationtech.harmony.cli;

import io.nationtech.harmony.graph.Author;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who applies: {@code user@host}, as the journal and the lease of a deployment name them. */
final class PersonAtKeyboard {
    private static final int LONGEST = 60;

    private PersonAtKeyboard() {}

    static Author author() {
        return Author.of(word(System.getProperty("user.name", "")) + "@" + word(host()));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private static String word(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9._-]", "-");
        return plain.isEmpty() ? "unknown" : plain.substring(0, Math.min(LONGEST, plain.length()));
    }
}
