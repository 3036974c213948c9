package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.Revocations;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.nats.NatsAccounts;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.ShownLogin;
import io.nationtech.harmony.nats.identity.Token;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Tells the servers of a mesh whom they let in no more, and everybody else whose words count no more. */
final class AccountUpdate {
    private static final Duration ONE_TASK = Duration.ofMinutes(5);
    private static final ClientName SELF = ClientName.of("harmony");

    private AccountUpdate() {}

    /**
     * Returns once a server has taken it up, and it stands where nodes read it.
     *
     * @throws CommandFailedException when it is not so, although it is kept
     */
    static void push(MeshOption mesh, MeshAuthority keys, IssuedLogins logins, InstantSource clock) {
        Instant now = clock.instant();
        Token account = keys.accountToken(logins.revocations(), now);
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            Instant end = now.plus(ONE_TASK);
            Function<Token, NatsOptions> as =
                    token -> mesh.as(() -> new ShownLogin(new Login(token, KeyPair.ofSeed(key.seed())), clock));
            tellServers(as.apply(keys.systemLogin(SELF, key.publicKey(), end, now)), account);
            tellOthers(
                    as.apply(keys.loginOfOne(MeshRoles.REVOKING, SELF, key.publicKey(), end, now)),
                    there -> keys.accountTokenAfter(there, logins.revocations(), now));
        }
    }

    private static void tellServers(NatsOptions options, Token account) {
        try {
            NatsAccounts.update(options, account.text());
        } catch (MeshUnavailableException e) {
            throw failed(
                    "kept, but no server was told: ",
                    "until one is, the login goes on letting in: run this again once a server answers. ",
                    e);
        }
    }

    /** Not again what stands there: at a site it is a copy, which nobody can write. */
    private static void tellOthers(NatsOptions options, Function<Optional<String>, Optional<Token>> after) {
        try (NatsMesh mesh = NatsMesh.connect(options)) {
            Revocations revocations = new Fleet(mesh, new JsonFleetCodec()).revocations();
            after.apply(there(revocations)).map(Token::text).ifPresent(revocations::put);
        } catch (MeshUnavailableException e) {
            throw failed(
                    "kept, and a server was told, but not the nodes: ",
                    "until they are, they follow what was signed by who is revoked: run this again, at the hub where this is the server of a site. ",
                    e);
        }
    }

    private static Optional<String> there(Revocations revocations) {
        try {
            return revocations.get();
        } catch (MeshUnavailableException e) {
            // A mesh of before: the bucket is made with the first of them.
            return Optional.empty();
        }
    }

    private static CommandFailedException failed(String what, String next, MeshUnavailableException e) {
        return new CommandFailedException(
                ExitCode.NO_MESH,
                new Cause(what + e.why().what(), e.why().where(), next + e.why().next()),
                e);
    }
}
