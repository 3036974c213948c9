package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;

/**
 * The browser asks for a name and a password (RFC 7617) before any request reaches the service. The service learns the name by
 * {@code Remote-User} and {@code X-Forwarded-User}, which nobody else can set.
 *
 * @param users the secret that says who may enter, a {@link PasswordFile}; {@code harmony login set} makes it
 */
public record BasicLogin(SecretRef users, Credentials credentials) {

    public BasicLogin {
        if (users.equals(SiteAuthority.SECRET)) {
            throw new InvalidValueException(
                            "secret '%s' is the site's certificate authority, and says not who may log in; name another"
                                    .formatted(users.name()))
                    .about(users);
        }
    }

    /** Whoever is in the secret may enter; the service does not get their passwords. */
    public static BasicLogin of(SecretRef users) {
        return new BasicLogin(users, Credentials.REMOVED);
    }

    /** The same, and the service gets name and password too, in {@code Authorization}. */
    public BasicLogin passedOn() {
        return new BasicLogin(users, Credentials.PASSED_ON);
    }
}
