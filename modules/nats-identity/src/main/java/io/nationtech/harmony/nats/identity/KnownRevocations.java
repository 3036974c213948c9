package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.fleet.Signatures.Learned;
import io.nationtech.harmony.nats.identity.RevocationList.Issuer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Who was revoked, as far as it is known here. It only grows newer: what a server shows later, and was issued earlier, changes nothing, also
 * after a restart where there is a file. Safe for use by several threads.
 */
final class KnownRevocations {
    private static final Logger LOG = System.getLogger(KnownRevocations.class.getName());
    private static final int LARGEST = 1 << 20;
    private static final String WHERE = "mesh, bucket revocations, key account";

    private final Issuer issuer;
    private final Optional<Path> file;
    private volatile Optional<RevocationList> known;

    /**
     * @param issuer who alone is believed
     * @param file in which it is kept, if anywhere
     */
    KnownRevocations(Issuer issuer, Optional<Path> file) {
        this.issuer = issuer;
        this.file = file;
        this.known = file.flatMap(this::kept);
    }

    private Optional<RevocationList> kept(Path kept) {
        try (InputStream in = Files.newInputStream(kept)) {
            return Optional.of(
                    RevocationList.read(new String(in.readNBytes(LARGEST), StandardCharsets.US_ASCII).strip(), issuer));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | InvalidValueException e) {
            LOG.log(
                    Level.WARNING,
                    "{0} does not say who was revoked, until the mesh says it again: {1}",
                    kept,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Since when somebody is let in no more. */
    Optional<Instant> since(PublicKey who) {
        return known.flatMap(list -> Optional.ofNullable(list.revoked().get(who)));
    }

    /** Takes up what somebody shows. */
    synchronized Learned learn(String text) {
        RevocationList shown;
        try {
            shown = RevocationList.read(text, issuer);
        } catch (InvalidValueException e) {
            return refused("what stands there does not say who was revoked: " + e.getMessage());
        }
        Optional<RevocationList> before = known;
        if (before.filter(shown::equals).isPresent()) {
            return new Learned.Known();
        }
        if (before.isPresent() && !shown.isAfter(before.get())) {
            return refused("who was revoked is said there as of %s, and known as of %s: it was put back"
                    .formatted(shown.issued(), before.get().issued()));
        }
        keep(shown);
        known = Optional.of(shown);
        return new Learned.Known();
    }

    /** What is known by one of the same mesh. */
    void learn(KnownRevocations other) {
        other.known.ifPresent(list -> {
            Learned _ = learn(list.text());
        });
    }

    private static Learned refused(String what) {
        return new Learned.Refused(
                new Cause(
                        what,
                        WHERE,
                        "what is known already still is; find out who writes into the mesh that may not. Whoever runs it puts it right: `harmony mesh renew`"));
    }

    private void keep(RevocationList list) {
        file.ifPresent(kept -> {
            try {
                Files.createDirectories(kept.toAbsolutePath().getParent());
                DurableFile.replace(kept, list.text().getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "Who was revoked is known until the next start alone, as {0} cannot be written: {1}",
                        kept,
                        e.toString());
            }
        });
    }
}
