package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.mesh.MeshLogin;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A login as one connection shows it; to be closed with that.
 *
 * @param clock by which its time is over
 */
public record ShownLogin(Login login, InstantSource clock) implements MeshLogin {

    /**
     * Reads it from its file.
     *
     * @throws io.nationtech.harmony.domain.value.InvalidValueException when there is none that can be read
     */
    public static ShownLogin read(Path file, InstantSource clock) {
        return new ShownLogin(Login.readFile(file), clock);
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
