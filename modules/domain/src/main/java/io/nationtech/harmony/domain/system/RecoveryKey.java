package io.nationtech.harmony.domain.system;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.regex.Pattern;

/**
 * What opens a node's encrypted disk where its TPM does not. As it is told here it is no secret: it is sealed for whoever runs the mesh.
 *
 * @param sealed in Base64 (RFC 4648 §4), at most 4 KiB
 */
public record RecoveryKey(String sealed) {
    /** The name under which it is sealed. */
    public static final SecretRef NAME = SecretRef.of("recovery-key");

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/]{1,4094}={0,2}");

    public RecoveryKey {
        if (!FORM.matcher(sealed).matches()) {
            throw new InvalidValueException("a sealed recovery key is at most 4 KiB of Base64");
        }
    }
}
