package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.nats.NatsAccounts;
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

/** Tells the servers of a mesh whom they let in no more. */
final class AccountUpdate {
    private static final Duration ONE_TASK = Duration.ofMinutes(5);

    private AccountUpdate() {}

    /**
     * Returns once a server has taken it up.
     *
     * @throws CommandFailedException when none does, although it is kept
     */
    static void push(MeshOption mesh, MeshAuthority keys, IssuedLogins logins, InstantSource clock) {
        Instant now = clock.instant();
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            Token token = keys.systemLogin(ClientName.of("harmony"), key.publicKey(), now.plus(ONE_TASK), now);
            NatsAccounts.update(
                    mesh.as(() -> new ShownLogin(new Login(token, KeyPair.ofSeed(key.seed())), clock)),
                    keys.accountToken(logins.revocations(), now).text());
        } catch (MeshUnavailableException e) {
            throw new CommandFailedException(
                    ExitCode.NO_MESH,
                    new Cause(
                            "kept, but no server was told: " + e.why().what(),
                            e.why().where(),
                            "until one is, the login goes on letting in: run this again once a server answers. "
                                    + e.why().next()),
                    e);
        }
    }
}
