package io.nationtech.harmony.cli;

import io.nationtech.harmony.engine.SecretSupply;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.age.AgeSealing;
import java.util.Optional;

/** What a deployment gets its secrets from, for as long as one command lasts. */
record DeploymentSecrets(SecretSupply supply, Optional<Secrets> store) implements AutoCloseable {

    static DeploymentSecrets none() {
        return new DeploymentSecrets(SecretSupply.none(), Optional.empty());
    }

    static DeploymentSecrets from(Secrets store) {
        return new DeploymentSecrets(SecretSupply.of(store, new AgeSealing()), Optional.of(store));
    }

    @Override
    public void close() {
        store.ifPresent(Secrets::close);
    }
}
