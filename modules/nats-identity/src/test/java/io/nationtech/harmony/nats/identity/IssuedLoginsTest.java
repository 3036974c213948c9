package io.nationtech.harmony.nats.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.fleet.Grant;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever runs a mesh keeps of it. */
class IssuedLoginsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofDays(1));
    private static final MeshRole NODE = new MeshRole("node", List.of("a"), List.of("b"));

    private static Issued issued(String name, Instant until) {
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            return new Issued(ClientName.of(name), "node", key.publicKey(), NOW, until, Optional.empty());
        }
    }

    @Test
    void areReadAsTheyWereWrittenAndThoseOverAreLeftOut() {
        Issued over = issued("n0", NOW);
        Issued first = issued("n1", END);
        Issued again = issued("n1", END);
        Issued other = issued("n2", END);
        IssuedLogins all = IssuedLogins.NONE
                .with(over, NOW.minusSeconds(1))
                .with(first, NOW)
                .with(again, NOW)
                .with(other, NOW);

        IssuedLogins revoked = all.revoke(ClientName.of("n1"), NOW);

        assertEquals(List.of(first, again, other), all.all());
        assertEquals(Map.of(first.key(), NOW, again.key(), NOW), revoked.revocations());
        assertEquals(revoked, IssuedLogins.parse(revoked.text()));
        assertEquals(revoked, revoked.revoke(ClientName.of("n1"), NOW.plusSeconds(1)), "it is known since when");
        assertEquals(IssuedLogins.NONE, revoked.revoke(ClientName.of("n1"), END), "over, and so refused anyway");
    }

    @Test
    void whatSomebodyMayDeployIsKept() {
        Issued any = issued("eve", END);
        Issued eve = new Issued(
                any.name(),
                "deployer",
                any.key(),
                NOW,
                END,
                Optional.empty(),
                new Grant(
                        Optional.of(new TreeSet<>(List.of(DeploymentName.of("shop"), DeploymentName.of("photos")))),
                        Optional.empty()));

        IssuedLogins all = IssuedLogins.NONE.with(eve, NOW).revoke(eve.name(), NOW);

        assertEquals(all, IssuedLogins.parse(all.text()));
        assertTrue(all.text().endsWith(" photos,shop@*\n"), all::text);
        assertThrows(
                InvalidValueException.class, () -> IssuedLogins.parse(all.text().replace("@*", "@")));
    }

    @Test
    void aMeshThatWasMadeBeforeGetsAKeyForARoleMore() {
        MeshRole deployer = new MeshRole("deployer", List.of("a"), List.of("b"));
        try (MeshAuthority made = MeshAuthority.create(List.of(NODE));
                Secret kept = made.text();
                Secret completed =
                        MeshAuthority.completed(kept, List.of(deployer)).orElseThrow();
                MeshAuthority after = MeshAuthority.read(completed, List.of(NODE, deployer))) {
            assertEquals(made.account().publicKey(), after.account().publicKey());
            assertEquals(made.operatorToken(NOW), after.operatorToken(NOW));
            assertEquals(
                    made.roles().values().iterator().next().publicKey(),
                    Optional.ofNullable(after.roles().get(NODE)).orElseThrow().publicKey());
            assertEquals(Optional.empty(), MeshAuthority.completed(completed, List.of(deployer)));
        }
    }

    @Test
    void anOperatorWhoWasRevokedStaysSoBeyondTheEndOfTheirLogin() {
        Issued node = issued("n1", END);
        Issued ada = new Issued(ClientName.of("ada"), "operator", node.key(), NOW, END, Optional.empty());
        Issued bob = issued("bob", END);

        IssuedLogins later = IssuedLogins.NONE
                .with(ada, NOW)
                .revoke(ada.name(), NOW)
                .with(bob, NOW)
                .revoke(bob.name(), NOW)
                .with(node, END.plusSeconds(1));

        assertEquals(Map.of(ada.key(), NOW), later.revocations(), "what they sign then may say that it was before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1 node", "n1 node UAAA a b -", "N1 node x 2026-11-29T12:00:00Z 2026-11-29T12:00:00Z -"})
    void whatIsNoListIsRefused(String text) {
        assertThrows(InvalidValueException.class, () -> IssuedLogins.parse(text));
    }

    @Test
    void theKeysOfAMeshAreReadAsTheyWereKept() {
        try (MeshAuthority made = MeshAuthority.create(List.of(NODE));
                Secret kept = made.text();
                MeshAuthority again = MeshAuthority.read(kept, List.of(NODE))) {
            assertEquals(made.operatorToken(NOW), again.operatorToken(NOW));
            assertEquals(made.accountToken(Map.of(), NOW), again.accountToken(Map.of(), NOW));
            assertEquals(made.systemToken(NOW), again.systemToken(NOW));

            MeshRole other = new MeshRole("another", List.of("a"), List.of("b"));
            String refusal = assertThrows(InvalidValueException.class, () -> MeshAuthority.read(kept, List.of(other)))
                    .getMessage();
            assertTrue(refusal.contains("role:another"), refusal);
            String seed = kept.read(text -> new String(text, StandardCharsets.US_ASCII).substring("operator ".length()))
                    .substring(0, 58);
            assertFalse(refusal.contains(seed), refusal);
        }
        try (Secret torn = Secret.takeFrom("operator SOAAAA\n".getBytes(StandardCharsets.US_ASCII))) {
            assertThrows(InvalidValueException.class, () -> MeshAuthority.read(torn, List.of(NODE)));
        }
    }
}
