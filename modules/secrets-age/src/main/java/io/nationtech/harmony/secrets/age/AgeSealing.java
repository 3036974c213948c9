package io.nationtech.harmony.secrets.age;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.SealedSecret;
import io.nationtech.harmony.secrets.Sealing;
import io.nationtech.harmony.secrets.SecretLookup;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Seals for a node in the age format: a line {@code harmony-sealed 1 <name> <version>}, then the value. Has no state. */
public final class AgeSealing implements Sealing {
    static final String MAGIC = "harmony-sealed 1 ";

    /** A sealer; one is as good as another. */
    public AgeSealing() {}

    @Override
    public SealedSecret seal(SecretRef ref, SecretLookup.Held held, RecipientKey recipient) {
        byte[] header = "%s%s %d\n".formatted(MAGIC, ref.name(), held.version()).getBytes(StandardCharsets.US_ASCII);
        byte[] plain = held.secret()
                .read(value -> ByteBuffer.allocate(header.length + value.length)
                        .put(header)
                        .put(value)
                        .array());
        try {
            return SealedSecret.of(AgeCipher.encrypt(plain, Set.of(recipient)));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
