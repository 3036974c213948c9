package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.MeshLogin;
import io.nats.client.AuthHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** The login of one connection. jnats asks for key, signature and word at each attempt, in this order; the first reads it anew. */
final class LoggedIn implements AuthHandler, AutoCloseable {
    private static final Logger LOG = System.getLogger(LoggedIn.class.getName());

    private final Supplier<MeshLogin> read;
    private MeshLogin login;
    private boolean isFresh = true;

    /** @throws InvalidValueException when there is no login that can be read */
    LoggedIn(Supplier<MeshLogin> read) {
        this.read = read;
        this.login = read.get();
    }

    /** One that is just being replaced cannot be read, or is another's by mistake: then the last one goes on. */
    @Override
    public synchronized char[] getID() {
        if (!isFresh) {
            readAnew();
        }
        isFresh = false;
        return login.publicKey().toCharArray();
    }

    private void readAnew() {
        try {
            MeshLogin next = read.get();
            if (next.name().equals(login.name())) {
                login.close();
                login = next;
            } else {
                LOG.log(
                        Level.WARNING,
                        "The login was replaced by that of {0}; going on as {1}",
                        next.name(),
                        login.name());
                next.close();
            }
        } catch (InvalidValueException e) {
            LOG.log(Level.WARNING, "The login of {0} cannot be read anew: {1}", login.name(), e.getMessage());
        }
    }

    @Override
    public synchronized byte[] sign(byte[] challenge) {
        return login.sign(challenge);
    }

    @Override
    public synchronized char[] getJWT() {
        return login.token().toCharArray();
    }

    synchronized String name() {
        return login.name();
    }

    synchronized String publicKey() {
        return login.publicKey();
    }

    synchronized String token() {
        return login.token();
    }

    synchronized boolean isOver() {
        return login.isOver();
    }

    @Override
    public synchronized void close() {
        login.close();
    }
}
