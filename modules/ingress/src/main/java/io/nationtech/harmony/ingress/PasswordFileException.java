package io.nationtech.harmony.ingress;

/** Something is no password file. The message repeats nothing of it but names of users. */
public final class PasswordFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PasswordFileException(String message) {
        super(message);
    }
}
