package io.nationtech.harmony.ingress;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A password, hashed as crypt(5) writes it: SHA-512-crypt, SHA-256-crypt, bcrypt or yescrypt. It shows itself as {@code (hash)}.
 *
 * <p>A browser sends the password with each request, so each costs the proxy a hash: at most some 60 ms of a processor with the costliest
 * that is taken here, where a page of fifty pictures takes three seconds of it.
 */
public record PasswordHash(String text) {

    /** What is taken, and how much work each may be. */
    private enum Form {
        SHA_512(
                "$6$",
                "(rounds=[1-9][0-9]{3,4}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{86}",
                "SHA-512-crypt has at most 99999 rounds"),
        SHA_256(
                "$5$",
                "(rounds=[1-9][0-9]{3,4}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{43}",
                "SHA-256-crypt has at most 99999 rounds"),
        BCRYPT("$2y$", "(0[4-9]|10)\\$[./A-Za-z0-9]{53}", "bcrypt has a cost of at most 10"),
        BCRYPT_B("$2b$", "(0[4-9]|10)\\$[./A-Za-z0-9]{53}", "bcrypt has a cost of at most 10"),
        YESCRYPT(
                "$y$",
                "j[789][5T]\\$[./A-Za-z0-9]{1,86}\\$[./A-Za-z0-9]{43}",
                "yescrypt has a cost of at most mkpasswd's own, 5");

        private final String prefix;
        private final Pattern form;
        private final String bound;

        Form(String prefix, String rest, String bound) {
            this.prefix = prefix;
            this.form = Pattern.compile(Pattern.quote(prefix) + rest);
            this.bound = bound;
        }

        private static Optional<Form> of(String text) {
            return Arrays.stream(values())
                    .filter(form -> text.startsWith(form.prefix))
                    .findFirst();
        }

        private boolean takes(String text) {
            return form.matcher(text).matches();
        }
    }

    /**
     * Takes what is one.
     *
     * @throws PasswordFileException when it is none; its message repeats nothing of it
     */
    public PasswordHash {
        String hash = text;
        Form form = Form.of(hash).orElseThrow(() -> new PasswordFileException(foreign(hash)));
        if (!form.takes(hash)) {
            throw new PasswordFileException("is not whole, or costs too much with every request: " + form.bound);
        }
    }

    private static String foreign(String text) {
        return text.startsWith("$apr1$") || text.startsWith("$1$")
                ? "is hashed by MD5, which is guessed in no time; hash it by bcrypt (`htpasswd -B`)"
                : "is hashed by nothing that is known here, or not at all; known are SHA-512-crypt, SHA-256-crypt, bcrypt and yescrypt";
    }

    @Override
    public String toString() {
        return "(hash)";
    }
}
