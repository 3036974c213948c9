package io.nationtech.harmony.cli;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.certificates.CertificateRefusedException;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.Stored;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What whoever runs a mesh keeps of it in a store of secrets: its keys, the authority of its servers, the logins that were issued, and what opens nodes' disks. */
record MeshKeys(Secrets store) {
    static final SecretRef KEYS = SecretRef.of("mesh-keys");
    private static final SecretRef AUTHORITY = SecretRef.of("mesh-ca");
    private static final SecretRef RECOVERY = SecretRef.of("mesh-recovery");
    private static final SecretRef LOGINS = SecretRef.of("mesh-logins");
    private static final String MAKE = "make the mesh first: harmony mesh create";

    /**
     * Some of the logins as they were read: one secret holds some 500.
     *
     * @param version 0 when there is nothing in it yet
     */
    private record Part(SecretRef ref, IssuedLogins logins, long version) {
        private static final Pattern NAME = Pattern.compile("mesh-logins(-[0-9]{1,4})?");

        private static boolean isOne(SecretRef ref) {
            return NAME.matcher(ref.name()).matches();
        }

        private static Part fresh(int number) {
            return new Part(
                    number == 1 ? LOGINS : SecretRef.parse("%s-%d".formatted(LOGINS.name(), number)),
                    IssuedLogins.NONE,
                    0);
        }

        private Part with(IssuedLogins others) {
            return new Part(ref, others, version);
        }

        private boolean isSmallEnough() {
            return logins.text().length() <= Secret.LARGEST;
        }
    }

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
        if (store.get(KEYS) instanceof SecretLookup.Held(Secret secret, long version)) {
            try (secret) {
                MeshAuthority.completed(secret, List.of(MeshRoles.DEPLOYER))
                        .ifPresent(completed -> keepCompleted(completed, version));
            }
        }
        return read(KEYS, secret -> MeshAuthority.read(secret, MeshRoles.ALL));
    }

    /** A mesh that was made before there was that role gets its key with the first command that needs one. */
    private void keepCompleted(Secret completed, long version) {
        try (completed) {
            if (store.put(KEYS, completed, version) instanceof Stored.Conflict) {
                throw failed(
                        "somebody else changed the keys of the mesh just now", "nothing was changed; run this again");
            }
        }
    }

    /** What opens the keys of nodes' disks, which nodes seal for it; made when it is first asked for. To be closed. */
    AgeIdentity recovery() {
        if (store.version(RECOVERY).isEmpty()) {
            try (AgeIdentity fresh = AgeIdentity.generate();
                    Secret text = fresh.text()) {
                // Of two that make one at a time, one counts.
                store.put(RECOVERY, text, 0);
            }
        }
        return read(RECOVERY, AgeIdentity::of);
    }

    /** For whom nodes seal them. */
    RecipientKey recoveryRecipient() {
        try (AgeIdentity own = recovery()) {
            return own.recipient();
        }
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
    IssuedLogins logins() {
        return logins(parts());
    }

    private static IssuedLogins logins(List<Part> parts) {
        return new IssuedLogins(
                parts.stream().flatMap(part -> part.logins().all().stream()).toList());
    }

    private List<Part> parts() {
        return store.list().stream()
                .filter(Part::isOne)
                .sorted(Comparator.comparingInt((SecretRef ref) -> ref.name().length())
                        .thenComparing(SecretRef::name))
                .map(this::part)
                .toList();
    }

    private Part part(SecretRef ref) {
        return switch (store.get(ref)) {
            case SecretLookup.Absent() -> new Part(ref, IssuedLogins.NONE, 0);
            case SecretLookup.Held(Secret secret, long version) -> {
                try (secret) {
                    yield new Part(
                            ref,
                            IssuedLogins.parse(secret.read(text -> new String(text, StandardCharsets.US_ASCII))),
                            version);
                } catch (InvalidValueException e) {
                    throw unreadable(ref, e);
                }
            }
        };
    }

    /** Keeps one more, unless somebody else changed them just now. Those that are over make room. */
    void add(Issued one, Instant now) {
        List<Part> parts = parts();
        Stream.concat(parts.stream(), Stream.of(Part.fresh(parts.size() + 1)))
                .map(part -> part.with(part.logins().with(one, now)))
                .filter(Part::isSmallEnough)
                .findFirst()
                .ifPresent(this::keep);
    }

    /**
     * Keeps that all of this name are revoked, unless there are none, or somebody else changed them just now.
     *
     * @return all as they are then
     */
    IssuedLogins revoke(ClientName name, Instant now) {
        List<Part> before = parts();
        requireKnown(logins(before), name);
        return change(before, logins -> logins.revoke(name, now));
    }

    /**
     * Keeps that those are revoked that these took the place of, unless somebody else changed them just now.
     *
     * @return all as they are then
     */
    IssuedLogins revokeReplaced(Collection<Issued> by, Instant now) {
        return change(parts(), logins -> {
            IssuedLogins after = logins;
            for (Issued one : by) {
                after = after.revokeReplaced(one, now);
            }
            return after;
        });
    }

    private IssuedLogins change(List<Part> before, UnaryOperator<IssuedLogins> change) {
        List<Part> after = before.stream()
                .map(part -> part.with(change.apply(part.logins())))
                .toList();
        after.stream().filter(part -> !before.contains(part)).forEach(this::keep);
        return logins(after);
    }

    private void requireKnown(IssuedLogins logins, ClientName name) {
        if (logins.of(name).isEmpty()) {
            String known = logins.all().stream()
                    .map(Issued::name)
                    .map(ClientName::value)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw failed(
                    "no login of '%s' was issued here that still counts".formatted(name),
                    known.isEmpty() ? "nobody has one" : "those who have one: " + known);
        }
    }

    /** In place of what was read of that part. */
    private void keep(Part part) {
        try (Secret secret = Secret.takeFrom(part.logins().text().getBytes(StandardCharsets.US_ASCII))) {
            if (store.put(part.ref(), secret, part.version()) instanceof Stored.Conflict) {
                throw failed("somebody else issued or revoked a login just now", "nothing was changed; run this again");
            }
        }
    }

    CommandFailedException failed(String what, String next) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, store.place(), next));
    }
}
