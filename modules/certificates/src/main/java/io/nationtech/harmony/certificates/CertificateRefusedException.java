package io.nationtech.harmony.certificates;

import java.io.Serial;

/** What was given is no authority, or one that may not issue what was asked for. The message names no key. */
public final class CertificateRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    CertificateRefusedException(String message) {
        super(message);
    }

    CertificateRefusedException(String message, Throwable trigger) {
        super(message, trigger);
    }
}
