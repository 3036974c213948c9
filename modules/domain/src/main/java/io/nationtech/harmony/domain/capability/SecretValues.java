package io.nationtech.harmony.domain.capability;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.MountedSecret;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a container runtime gets the values of a container's secrets, when it needs them. Safe for use by several threads. */
public interface SecretValues {

    /**
     * Lends a value to a reader, once; the array is zeroed when the reader returns, so it must not be kept.
     *
     * @return why there is no such value; empty when the reader got it
     */
    Optional<Cause> lend(MountedSecret secret, Consumer<byte[]> reader);

    /** None at all, for containers without secrets. */
    static SecretValues none() {
        return (secret, _) -> Optional.of(new Cause(
                "there is no value of secret '%s' version %d"
                        .formatted(secret.ref().name(), secret.version()),
                "this node",
                "deploy again with a version of Harmony that seals secrets to nodes"));
    }
}
