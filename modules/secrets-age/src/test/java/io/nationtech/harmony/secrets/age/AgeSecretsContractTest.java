package io.nationtech.harmony.secrets.age;

import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.contract.SecretsContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class AgeSecretsContractTest extends SecretsContract {
    @TempDir
    private Path folder;

    @Override
    protected Secrets connect() {
        Path key = folder.resolve("key");
        if (!Files.exists(key)) {
            try (AgeIdentity fresh = AgeIdentity.generate()) {
                fresh.writeTo(key);
            }
        }
        return AgeSecrets.open(
                folder, EnvironmentName.of("prod"), AgeIdentity.read(key), InstantSource.fixed(AgeSecrets.ORIGIN));
    }
}
