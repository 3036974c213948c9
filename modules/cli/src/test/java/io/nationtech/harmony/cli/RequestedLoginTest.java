package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.NodeLogins.Asked;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.MeshRole;
import io.nationtech.harmony.nats.identity.PublicKey;
import io.nationtech.harmony.nats.identity.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of the logins for which nodes ask are issued. */
class RequestedLoginTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final NodeId NODE = NodeId.of("n1");

    private final MeshAuthority authority = MeshAuthority.create(MeshRoles.ALL);
    private IssuedLogins known = IssuedLogins.NONE;

    @AfterEach
    void close() {
        authority.close();
    }

    private static PublicKey key() {
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            return key.publicKey();
        }
    }

    private Token issue(MeshRole role, String name, PublicKey key, Instant at) {
        ClientName client = ClientName.of(name);
        Instant end = at.plus(Duration.ofDays(1));
        known = known.with(new Issued(client, role.name(), key, at, end, Optional.empty()), at);
        return authority.login(role, client, key, end, at);
    }

    private RequestedLogin asked(Token by, PublicKey key) {
        return RequestedLogin.of(new Asked.ForKey(NODE, key.text(), by.text()), known);
    }

    private static void assertRefused(String why, RequestedLogin requested) {
        Cause cause = assertInstanceOf(RequestedLogin.Refused.class, requested).why();
        assertTrue(cause.what().contains(why), cause::toString);
    }

    @Test
    void aNodeGetsOneByTheLoginThatItWasGiven() {
        PublicKey own = key();

        assertEquals(
                new RequestedLogin.Due(NODE, ClientName.of("n1"), own),
                asked(issue(MeshRoles.NODE, "n1", key(), NOW), own));
    }

    @Test
    void whoeverHasACopyGetsNothingMoreByIt() {
        Token given = issue(MeshRoles.NODE, "n1", key(), NOW);
        PublicKey own = key();
        issue(MeshRoles.NODE, "n1", own, NOW.plusSeconds(60));

        Issued replacing = known.all().getLast();
        assertEquals(new RequestedLogin.Waiting(NODE, replacing), asked(given, own));
        assertRefused("another was issued at 2026-11-30T12:01:00Z", asked(given, key()));
        issue(MeshRoles.OPERATOR, "n1", key(), NOW);
        known = known.revokeReplaced(replacing, NOW.plusSeconds(120));
        assertEquals(1, known.revocations().size(), "that of the agent that operates goes on");
        assertRefused("was revoked", asked(given, key()));
    }

    @Test
    void oneThatIsOutGetsNone() {
        Token given = issue(MeshRoles.NODE, "n1", key(), NOW);
        known = known.revoke(ClientName.of("n1"), NOW);

        assertRefused("was revoked", asked(given, key()));
    }

    @Test
    void aLoginThatNobodyKnowsOfGetsNone() {
        Token given = issue(MeshRoles.NODE, "n1", key(), NOW);
        known = IssuedLogins.NONE;

        assertRefused("is none of those that were issued", asked(given, key()));
    }

    @Test
    void whoeverDeploysGetsNoneOfANode() {
        assertRefused("is none of those that were issued", asked(issue(MeshRoles.OPERATOR, "n1", key(), NOW), key()));
    }

    @Test
    void whatIsNoKeyGetsNone() {
        Token given = issue(MeshRoles.NODE, "n1", key(), NOW);

        assertRefused(
                "what it asks for is no login",
                RequestedLogin.of(new Asked.ForKey(NODE, "a diary", given.text()), known));
        assertRefused("is no key of a user", asked(given, authority.account().publicKey()));
        Cause why = new Cause("it is not signed", "mesh", "look");
        assertEquals(new RequestedLogin.Refused(NODE, why), RequestedLogin.of(new Asked.Doubtful(NODE, why), known));
    }
}
