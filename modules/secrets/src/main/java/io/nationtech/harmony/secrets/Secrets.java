package io.nationtech.harmony.secrets;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.List;
import java.util.Optional;

/**
 * A secret store that can be asked: the values behind {@link SecretRef}s. Safe for use by several threads. Every call ends
 * within a minute, also when what is behind it hangs.
 */
public interface Secrets extends SecretStore, AutoCloseable {

    /** Where this store is, as people know it: a file's path or a server's address. */
    String place();

    /**
     * The newest value, which the caller closes.
     *
     * @throws SecretsUnavailableException when the store cannot be read
     */
    SecretLookup get(SecretRef ref);

    /**
     * The newest version, 1 and up; empty when there is no such secret. The value is not kept.
     *
     * @throws SecretsUnavailableException when the store cannot be read
     */
    default Optional<Long> version(SecretRef ref) {
        return switch (get(ref)) {
            case SecretLookup.Held held -> {
                held.secret().close();
                yield Optional.of(held.version());
            }
            case SecretLookup.Absent() -> Optional.empty();
        };
    }

    /**
     * Keeps a value as the next version, if the newest one is as expected; the first is 1, or higher where a store takes care that no
     * version ever comes again. The caller still closes {@code value}.
     *
     * @param expectedVersion the newest version as last read; 0 when there should be none
     * @throws SecretsUnavailableException when the store cannot be written; it holds what it held before
     */
    Stored put(SecretRef ref, Secret value, long expectedVersion);

    /**
     * The names of all secrets, sorted.
     *
     * @throws SecretsUnavailableException when the store cannot be read
     */
    List<SecretRef> list();

    /**
     * Keeps a value as the next version of whatever is there, or as the first.
     *
     * @throws SecretsUnavailableException when the store cannot be used
     */
    default Stored set(SecretRef ref, Secret value) {
        return switch (get(ref)) {
            case SecretLookup.Held held -> {
                held.secret().close();
                yield put(ref, value, held.version());
            }
            case SecretLookup.Absent() -> put(ref, value, 0);
        };
    }

    /**
     * Replaces the newest value by another one. Who uses the old one learns of it by the version.
     *
     * @throws SecretsUnavailableException when the store cannot be used, or has no such secret
     */
    default Stored rotate(SecretRef ref, Secret value) {
        return switch (get(ref)) {
            case SecretLookup.Held held -> {
                held.secret().close();
                yield put(ref, value, held.version());
            }
            case SecretLookup.Absent() ->
                throw new SecretsUnavailableException(new Cause(
                        "there is no secret '%s' to rotate".formatted(ref.name()),
                        place(),
                        "make it first: harmony secret set " + ref.name()));
        };
    }

    /** Forgets keys and tokens. */
    @Override
    void close();
}
