package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.SecretRef;

/**
 * A secret that the deployment reads, and that a person puts into the store.
 *
 * @param at where its value, or the name of its variable, stands in the source
 */
public record WantedSecret(SecretRef secret, Place at) {
    /** The line to be typed. */
    public String command() {
        return "harmony secret set " + secret.name();
    }
}
