package io.nationtech.harmony.secrets.age;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.SealedSecret;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Unsealing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens with a node's private key what {@link AgeSealing} sealed for it. Safe for use by several threads. */
public final class AgeUnsealing implements Unsealing {
    private static final Pattern HEADER =
            Pattern.compile(Pattern.quote(AgeSealing.MAGIC) + "(?<name>[a-z0-9-]{1,63}) (?<version>[1-9][0-9]{0,17})");
    private static final int LONGEST_HEADER = 128;

    private final AgeIdentity identity;

    /**
     * Opens with this key.
     *
     * @param identity the node's key; this closes it
     */
    public AgeUnsealing(AgeIdentity identity) {
        this.identity = identity;
    }

    @Override
    public RecipientKey recipient() {
        return identity.recipient();
    }

    @Override
    public Opened open(SecretRef ref, SealedSecret sealed) {
        return switch (AgeCipher.decrypt(sealed.bytes(), identity)) {
            case AgeCipher.Decrypted.Plain plain -> opened(ref, plain.bytes());
            case AgeCipher.Decrypted.NotForThisKey() ->
                refused(ref, "it is sealed for another key than this node's " + identity);
            case AgeCipher.Decrypted.Damaged(String how) -> refused(ref, how);
            case AgeCipher.Decrypted.Newer() -> refused(ref, "it was sealed by a newer Harmony");
        };
    }

    @Override
    public void close() {
        identity.close();
    }

    private static Opened opened(SecretRef ref, byte[] plain) {
        try {
            int end = 0;
            while (end < plain.length && end < LONGEST_HEADER && plain[end] != '\n') {
                end++;
            }
            Matcher header = HEADER.matcher(new String(plain, 0, end, StandardCharsets.US_ASCII));
            if (!header.matches() || end + 1 >= plain.length || plain.length - end - 1 > Secret.LARGEST) {
                return refused(ref, "it was not sealed by this version of Harmony");
            }
            if (!header.group("name").equals(ref.name())) {
                return refused(ref, "it is the sealed secret '%s'".formatted(header.group("name")));
            }
            Secret value = Secret.takeFrom(Arrays.copyOfRange(plain, end + 1, plain.length));
            return new Opened.Value(new SecretLookup.Held(value, Long.parseLong(header.group("version"))));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Opened refused(SecretRef ref, String why) {
        return new Opened.Refused(new Cause(
                "the sealed secret '%s' cannot be used: %s".formatted(ref.name(), why),
                "what was received for this node",
                "deploy again, so that it is sealed anew for the node's present key"));
    }
}
