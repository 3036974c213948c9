package io.nationtech.harmony.cli;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.certificates.CertificateRefusedException;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What whoever runs a mesh keeps of it in a store of secrets: its keys, the authority of its servers, and the logins that were issued. */
record MeshKeys(Secrets store) {
    private static final SecretRef KEYS = SecretRef.of("mesh-keys");
    private static final SecretRef AUTHORITY = SecretRef.of("mesh-ca");
    private static final SecretRef LOGINS = SecretRef.of("mesh-logins");
    private static final String MAKE = "make the mesh first: harmony mesh create";

    /**
     * The logins as they were read.
     *
     * @param version 0 when there are none yet
     */
    record Kept(IssuedLogins logins, long version) {}

    /** Makes the keys of a new mesh. The authority comes first: without keys there is no mesh yet, and it is made on from there. */
    CertificateAuthority create(Instant now) {
        try (MeshAuthority fresh = MeshAuthority.create(MeshRoles.ALL);
                Secret keys = fresh.text()) {
            store.version(KEYS).ifPresent(_ -> {
                throw exists();
            });
            CertificateAuthority authority = authorityOrNew(now);
            if (store.put(KEYS, keys, 0) instanceof Stored.Conflict) {
                throw exists();
            }
            return authority;
        }
    }

    private CommandFailedException exists() {
        return failed(
                "there is a mesh already, secret '%s'".formatted(KEYS.name()),
                "`harmony mesh show` shows it; nothing was changed, as everybody would need another login. Another mesh has"
                        + " an --environment of its own");
    }

    private CertificateAuthority authorityOrNew(Instant now) {
        if (store.version(AUTHORITY).isEmpty()) {
            CertificateAuthority fresh = CertificateAuthority.create("Harmony mesh", List.of(), now);
            try (Secret secret = Secret.takeFrom(fresh.pem().getBytes(StandardCharsets.US_ASCII))) {
                if (store.put(AUTHORITY, secret, 0) instanceof Stored.Conflict) {
                    throw exists();
                }
            }
        }
        return authority();
    }

    /** The keys; to be closed. */
    MeshAuthority keys() {
        return read(KEYS, secret -> MeshAuthority.read(secret, MeshRoles.ALL));
    }

    /** Whose certificates servers have. */
    CertificateAuthority authority() {
        return read(AUTHORITY, secret -> secret.read(CertificateAuthority::parse));
    }

    private <T> T read(SecretRef ref, Function<Secret, T> reader) {
        return switch (store.get(ref)) {
            case SecretLookup.Absent() ->
                throw failed("there is no mesh, secret '%s', yet".formatted(ref.name()), MAKE);
            case SecretLookup.Held(Secret secret, long _) -> {
                try (secret) {
                    yield reader.apply(secret);
                } catch (InvalidValueException | CertificateRefusedException e) {
                    throw unreadable(ref, e);
                }
            }
        };
    }

    private CommandFailedException unreadable(SecretRef ref, RuntimeException e) {
        return failed(
                "secret '%s' is not what `harmony mesh` keeps there: %s".formatted(ref.name(), e.getMessage()),
                "nothing was changed; take an earlier copy of the store, or another --environment");
    }

    /** Those that were issued. */
    Kept logins() {
        return switch (store.get(LOGINS)) {
            case SecretLookup.Absent() -> new Kept(IssuedLogins.NONE, 0);
            case SecretLookup.Held(Secret secret, long version) -> {
                try (secret) {
                    yield new Kept(
                            IssuedLogins.parse(secret.read(text -> new String(text, StandardCharsets.US_ASCII))),
                            version);
                } catch (InvalidValueException e) {
                    throw unreadable(LOGINS, e);
                }
            }
        };
    }

    /** Keeps others, unless somebody else did since they were read. */
    void keep(IssuedLogins logins, Kept before) {
        byte[] text = logins.text().getBytes(StandardCharsets.US_ASCII);
        if (text.length > Secret.LARGEST) {
            throw failed(
                    "%d logins are more than one secret holds"
                            .formatted(logins.all().size()),
                    "nothing was changed; those that are over are left out by themselves: issue them for less time (--days)");
        }
        try (Secret secret = Secret.takeFrom(text)) {
            if (store.put(LOGINS, secret, before.version()) instanceof Stored.Conflict) {
                throw failed("somebody else issued or revoked a login just now", "nothing was changed; run this again");
            }
        }
    }

    CommandFailedException failed(String what, String next) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, store.place(), next));
    }
}
