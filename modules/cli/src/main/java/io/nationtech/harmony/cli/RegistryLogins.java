package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.node.PullLogin;
import io.nationtech.harmony.registry.Credentials;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import java.util.Optional;

/** Who the nodes of a deployment are to registries, by the secrets of its environment. */
record RegistryLogins(SecretsOption secrets) {

    /**
     * Empty where no store is there, or the secret is not in it.
     *
     * @throws io.nationtech.harmony.secrets.SecretsUnavailableException when the store cannot be read
     */
    Optional<Credentials> of(PullLogin login) {
        if (!secrets.isThere()) {
            return Optional.empty();
        }
        try (Secrets store = secrets.open()) {
            return switch (store.get(login.secret().ref())) {
                case SecretLookup.Held held -> {
                    try (Secret value = held.secret()) {
                        yield value.read(Credentials::parse);
                    }
                }
                case SecretLookup.Absent() -> Optional.empty();
            };
        }
    }
}
