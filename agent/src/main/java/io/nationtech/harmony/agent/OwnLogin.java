package io.nationtech.harmony.agent;

import io.nationtech.harmony.mesh.nats.NatsLogin;
import io.nationtech.harmony.nats.identity.Login;
import java.nio.file.Path;
import java.time.InstantSource;

/** This node's login as connections show it. */
record OwnLogin(Login login, InstantSource clock) implements NatsLogin {

    /**
     * Reads it from its file, for one connection.
     *
     * @throws io.nationtech.harmony.domain.value.InvalidValueException when there is none that can be read
     */
    static OwnLogin read(Path file, InstantSource clock) {
        return new OwnLogin(Login.readFile(file), clock);
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
