package io.nationtech.harmony.secrets;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;

/** Seals secrets so that one node only can open them. */
public interface Sealing {

    /**
     * Seals a value together with its name and version, so that one sealed secret cannot be passed off as another. Sealing the
     * same twice gives different bytes. It says nothing of who sealed it: whoever knows the public key can.
     *
     * @throws InvalidValueException when {@code recipient} is not a key of the kind that this adapter knows
     */
    SealedSecret seal(SecretRef ref, SecretLookup.Held held, RecipientKey recipient);
}
