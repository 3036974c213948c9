package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.PublicKey;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of the logins of a mesh, in a real store. */
class MeshKeysTest {
    private static final PublicKey KEY = KeyPair.generate(KeyKind.USER).publicKey();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(365);

    @TempDir
    private Path folder;

    @Test
    void moreLoginsThanOneSecretHoldsAreKeptAndRevoked() {
        try (AgeSecrets store = AgeSecrets.open(folder, EnvironmentName.of("default"), AgeIdentity.generate())) {
            IssuedLogins full = fill(store);
            MeshKeys keys = new MeshKeys(store);
            keys.add(issued("late", NOW), NOW);
            keys.add(issued("node-0", NOW), NOW);
            assertEquals(List.of(SecretRef.of("mesh-logins"), SecretRef.of("mesh-logins-2")), store.list());
            assertEquals(full.all().size() + 2, keys.logins().all().size());

            IssuedLogins after = keys.revoke(ClientName.of("node-0"), NOW);
            assertEquals(after, keys.logins());
            assertEquals(
                    List.of("node-0", "node-0"),
                    after.all().stream()
                            .filter(one -> one.revoked().isPresent())
                            .map(one -> one.name().value())
                            .toList());

            Instant later = NOW.plus(LIFETIME);
            keys.add(issued("successor", later), later);
            assertEquals(
                    List.of("successor", "late", "node-0"),
                    keys.logins().all().stream().map(one -> one.name().value()).toList(),
                    "those that are over make room");
        }
    }

    /** As many as one secret holds. */
    private static IssuedLogins fill(AgeSecrets store) {
        List<Issued> all = new ArrayList<>();
        IssuedLogins full = IssuedLogins.NONE;
        int more = new IssuedLogins(List.of(issued("late", NOW))).text().length()
                - IssuedLogins.NONE.text().length();
        while (full.text().length() + more <= Secret.LARGEST) {
            all.add(issued("node-" + all.size(), NOW));
            full = new IssuedLogins(all);
        }
        try (Secret text = Secret.takeFrom(full.text().getBytes(StandardCharsets.US_ASCII))) {
            store.put(SecretRef.of("mesh-logins"), text, 0);
        }
        return full;
    }

    private static Issued issued(String name, Instant at) {
        return new Issued(ClientName.of(name), "node", KEY, at, at.plus(LIFETIME), Optional.empty());
    }
}
