package io.nationtech.harmony.domain.spi;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.Optional;
import java.util.function.Consumer;

/** The secrets that a smoke test names, as the authority whose certificates it trusts. */
@FunctionalInterface
public interface SmokeTestSecrets {

    /**
     * Lends the newest value of a secret to a reader, who keeps no copy of the bytes.
     *
     * @return why there is none; then the reader was not called
     */
    Optional<Cause> lend(SecretRef secret, Consumer<byte[]> reader);
}
