package io.nationtech.harmony.secrets;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.SecretRef;

/** Opens what was sealed for the private key that it holds. */
public interface Unsealing extends AutoCloseable {

    /** What came of opening. */
    sealed interface Opened {

        /** The value and version that were sealed; whoever asked closes the value. */
        record Value(SecretLookup.Held held) implements Opened {}

        /** Not for this key, altered, cut off, or another secret than the expected one. */
        record Refused(Cause cause) implements Opened {}
    }

    /** The public key that others seal for. */
    RecipientKey recipient();

    /** Opens a sealed secret that should have this name. */
    Opened open(SecretRef ref, SealedSecret sealed);

    /** Forgets the private key. */
    @Override
    void close();
}
