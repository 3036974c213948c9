package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import io.nationtech.harmony.secrets.Unsealing;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeUnsealing;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The private key of this node, for which others seal secrets: made once, in a file for the agent's user only, and never leaves the
 * machine. A new one can open nothing that was sealed before; the next deploy seals anew.
 */
final class OwnKey implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OwnKey.class.getName());

    private final Path file;
    private volatile Optional<Unsealing> opened = Optional.empty();

    OwnKey(Path file) {
        this.file = file;
    }

    /** Reads the key, or makes one. Without it the node works, but reads no secrets, which is told. */
    synchronized void take() {
        if (opened.isPresent()) {
            return;
        }
        try {
            if (!exists()) {
                try (AgeIdentity fresh = AgeIdentity.generate()) {
                    fresh.writeTo(file);
                }
            }
            opened = Optional.of(new AgeUnsealing(AgeIdentity.read(file)));
        } catch (SecretsUnavailableException e) {
            LOG.log(Level.ERROR, "No container here can read a secret: {0}", e.why());
        } catch (IOException e) {
            LOG.log(Level.ERROR, "No container here can read a secret: cannot use {0}: {1}", file, e.getMessage());
        }
    }

    /** An empty file is what a power cut leaves of the first start. */
    private boolean exists() throws IOException {
        if (Files.exists(file) && Files.size(file) == 0) {
            Files.delete(file);
        }
        return Files.exists(file);
    }

    Optional<Unsealing> unsealing() {
        return opened;
    }

    Optional<NodeKey> forOthers() {
        return opened.map(unsealing -> NodeKey.of(unsealing.recipient().value()));
    }

    @Override
    public synchronized void close() {
        opened.ifPresent(Unsealing::close);
        opened = Optional.empty();
    }
}
