package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;

/**
 * A secret that a container reads from the file {@code /run/secrets/<name>}. The value travels apart from this, sealed to the node.
 *
 * @param version of the value, at least 1: another version makes another container
 */
public record MountedSecret(SecretRef ref, long version) {
    public MountedSecret {
        if (version < 1) {
            throw new InvalidValueException("%s has no version %d; the first is 1".formatted(ref, version));
        }
    }
}
