package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Instant;
import java.util.Map;

/**
 * Who was revoked, as a mesh's own key says it: the account's token, as servers read it.
 *
 * @param issued in whole seconds
 * @param revoked since when
 */
record RevocationList(Token token, Instant issued, Map<PublicKey, Instant> revoked) {

    /**
     * Who says it.
     *
     * @param mesh the key that answers for all servers
     * @param account that which everything of the mesh is in: others, which that key signs too, revoke nobody
     */
    record Issuer(PublicKey mesh, PublicKey account) {}

    RevocationList {
        revoked = Map.copyOf(revoked);
    }

    /**
     * Reads one.
     *
     * @throws InvalidValueException when it is none of that issuer's, for people
     */
    static RevocationList read(String text, Issuer issuer) {
        Token token = Token.parse(text);
        if (!token.about().equals(issuer.account())) {
            throw new InvalidValueException(
                    "it is about %s, and the mesh's account is %s".formatted(token.about(), issuer.account()));
        }
        if (!token.isAccountOf(issuer.mesh())) {
            throw new InvalidValueException("it is not signed by the mesh's key, " + issuer.mesh());
        }
        return new RevocationList(
                token,
                token.issued().orElseThrow(() -> new InvalidValueException("it does not say when it was issued")),
                token.revocations());
    }

    /** Whether it says more than another. Of the same second, whoever is revoked is so in the later. */
    boolean isAfter(RevocationList other) {
        return issued.isAfter(other.issued)
                || (issued.equals(other.issued)
                        && revoked.keySet().containsAll(other.revoked.keySet())
                        && !revoked.equals(other.revoked));
    }

    String text() {
        return token.text();
    }
}
