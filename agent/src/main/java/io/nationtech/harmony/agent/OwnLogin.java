package io.nationtech.harmony.agent;

import io.nationtech.harmony.mesh.nats.NatsLogin;
import io.nationtech.harmony.nats.identity.Login;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** This node's login as connections show it. */
record OwnLogin(Login login, InstantSource clock) implements NatsLogin {
    private static final Logger LOG = System.getLogger(OwnLogin.class.getName());
    /** Time for somebody to come by. */
    private static final Duration EARLY = Duration.ofDays(30);

    /**
     * Reads it from its file, for one connection; says so when it ends soon.
     *
     * @throws io.nationtech.harmony.domain.value.InvalidValueException when there is none that can be read
     */
    static OwnLogin read(Path file, InstantSource clock) {
        Login login = Login.readFile(file);
        Instant now = clock.instant();
        login.token()
                .until()
                .filter(end -> end.isBefore(now.plus(EARLY)))
                .ifPresent(end -> LOG.log(
                        Level.WARNING,
                        "The login of {0} is over at {1}; replace {2}: `harmony mesh login` writes another",
                        login.token().name(),
                        end,
                        file));
        return new OwnLogin(login, clock);
    }

    @Override
    public String name() {
        return login.token().name();
    }

    @Override
    public String token() {
        return login.token().text();
    }

    @Override
    public String publicKey() {
        return login.key().publicKey().text();
    }

    @Override
    public byte[] sign(byte[] challenge) {
        return login.key().sign(challenge);
    }

    @Override
    public boolean isOver() {
        return login.isOver(clock.instant());
    }

    @Override
    public void close() {
        login.close();
    }
}
