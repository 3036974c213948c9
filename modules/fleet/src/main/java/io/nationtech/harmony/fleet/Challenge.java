package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a node gives to who is going to ask something of it, to be signed with that: so it is asked now, and once. A node's clock may be years
 * behind, so that no time is compared with it.
 *
 * @param nonce 32 hexadecimal digits
 * @param after as of when nothing can be signed any more about that deployment, or about any
 */
public record Challenge(String nonce, Optional<Instant> after) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public Challenge {
        requireNonce(nonce);
    }

    static void requireNonce(String nonce) {
        if (!FORM.matcher(nonce).matches()) {
            throw new InvalidValueException("a challenge has 32 hexadecimal digits");
        }
    }
}
