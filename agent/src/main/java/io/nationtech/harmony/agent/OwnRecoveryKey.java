package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.system.RecoveryKey;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.age.AgeSealing;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What opens this node's disk where its TPM does not, which the image keeps on that disk: sealed for whoever runs the mesh, as the node's login says. Sealed
 * once, since each sealing differs from the one before, and would be told as something new.
 */
final class OwnRecoveryKey {
    private static final Logger LOG = System.getLogger(OwnRecoveryKey.class.getName());
    private static final int LARGEST = 1 << 10;

    private final Path file;
    private final Optional<LoginFiles> logins;
    private Optional<Kept> kept = Optional.empty();
    private Optional<RecoveryKey> told = Optional.empty();
    private volatile Runnable listener = () -> {};

    private record Kept(FileTime asOf, RecipientKey recipient, RecoveryKey sealed) {}

    /** @param file where the image keeps it; there is none while the disk is not encrypted */
    OwnRecoveryKey(Path file, Optional<LoginFiles> logins) {
        this.file = file;
        this.logins = logins;
    }

    /** Whoever listens is told by {@link #look} that it is another. */
    void onChange(Runnable toTell) {
        listener = toTell;
    }

    /** Looks whether the image made one by now, or another login says for whom it is to be. */
    void look() {
        if (isAnother()) {
            listener.run();
        }
    }

    private synchronized boolean isAnother() {
        Optional<RecoveryKey> now = sealed();
        boolean isAnother = !now.equals(told);
        told = now;
        return isAnother;
    }

    boolean isThere() {
        return Files.exists(file);
    }

    synchronized Optional<RecoveryKey> sealed() {
        if (!isThere() || logins.isEmpty()) {
            return Optional.empty();
        }
        try (Login login = Login.readFile(logins.get().newest())) {
            Optional<RecipientKey> recipient = login.token().recovery();
            FileTime asOf = Files.getLastModifiedTime(file);
            if (kept.filter(one -> one.asOf().equals(asOf)
                            && Optional.of(one.recipient()).equals(recipient))
                    .isEmpty()) {
                kept = recipient.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Kept(asOf, recipient.get(), seal(recipient.get())));
            }
        } catch (InvalidValueException | IOException e) {
            LOG.log(Level.WARNING, "The recovery key of this disk cannot be told: {0}", e.toString());
        }
        return kept.map(Kept::sealed);
    }

    private RecoveryKey seal(RecipientKey recipient) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                Secret key = Secret.takeFrom(in.readNBytes(LARGEST))) {
            return new RecoveryKey(new AgeSealing()
                    .seal(RecoveryKey.NAME, new SecretLookup.Held(key, 1), recipient)
                    .text());
        }
    }
}
