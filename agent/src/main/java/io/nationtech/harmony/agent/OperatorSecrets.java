package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.Stored;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import io.nationtech.harmony.secrets.openbao.OpenBaoSecrets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The secrets of the deployments that this agent operates. The store is opened for each question: a key or a store that comes later
 * is found without a restart, one that is missing is told by whoever asks, and no key stays in memory meanwhile.
 */
record OperatorSecrets(SecretsSettings settings) implements Secrets {

    private <T> T ask(Function<Secrets, T> question) {
        try (Secrets store = open()) {
            return question.apply(store);
        }
    }

    private Secrets open() {
        return settings.server()
                .<Secrets>map(server -> new OpenBaoSecrets(server.settings(), server.token()))
                .orElseGet(() ->
                        AgeSecrets.open(settings.folder(), settings.environment(), AgeIdentity.read(settings.key())));
    }

    @Override
    public String place() {
        return settings.server()
                .map(server -> "%s, %s/%s"
                        .formatted(
                                server.settings().address(),
                                server.settings().mount(),
                                server.settings().folder()))
                .orElseGet(() -> settings.folder()
                        .resolve(settings.environment() + ".age")
                        .toString());
    }

    @Override
    public SecretLookup get(SecretRef ref) {
        return ask(store -> store.get(ref));
    }

    @Override
    public Optional<Long> version(SecretRef ref) {
        return ask(store -> store.version(ref));
    }

    @Override
    public Stored put(SecretRef ref, Secret value, long expectedVersion) {
        return ask(store -> store.put(ref, value, expectedVersion));
    }

    @Override
    public List<SecretRef> list() {
        return ask(Secrets::list);
    }

    @Override
    public void close() {}
}
