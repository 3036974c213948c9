package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The logins that were issued and may still be shown to a server, and which of them are revoked. Says nothing secret. */
public record IssuedLogins(List<Issued> all) {
    /** None yet. */
    public static final IssuedLogins NONE = new IssuedLogins(List.of());

    private static final String HEAD = "# name, role, key, issued, until, revoked";
    private static final int FIELDS = 6;
    private static final String NOT = "-";

    /**
     * One of them.
     *
     * @param role by its name
     * @param revoked since when
     */
    public record Issued(
            ClientName name, String role, PublicKey key, Instant at, Instant until, Optional<Instant> revoked) {

        private String line() {
            return Stream.of(
                            name,
                            role,
                            key,
                            at,
                            until,
                            revoked.map(Instant::toString).orElse(NOT))
                    .map(Object::toString)
                    .collect(Collectors.joining(" "));
        }
    }

    public IssuedLogins {
        all = List.copyOf(all);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws InvalidValueException when it is something else
     */
    public static IssuedLogins parse(String text) {
        return new IssuedLogins(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(IssuedLogins::issued)
                .toList());
    }

    private static Issued issued(String line) {
        String[] fields = line.split(" ", -1);
        try {
            if (fields.length == FIELDS) {
                return new Issued(
                        ClientName.of(fields[0]),
                        fields[1],
                        PublicKey.parse(fields[2]),
                        Instant.parse(fields[3]),
                        Instant.parse(fields[4]),
                        fields[5].equals(NOT) ? Optional.empty() : Optional.of(Instant.parse(fields[5])));
            }
        } catch (DateTimeException e) {
            throw invalid(line);
        }
        throw invalid(line);
    }

    private static InvalidValueException invalid(String line) {
        return new InvalidValueException("'%s' is no line of issued logins: %s".formatted(line, HEAD.substring(2)));
    }

    /** For whoever keeps it. */
    public String text() {
        return Stream.concat(Stream.of(HEAD), all.stream().map(Issued::line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The same with one more, and without those that are over: servers refuse them by themselves. */
    public IssuedLogins with(Issued one, Instant now) {
        List<Issued> more = new ArrayList<>(withoutThoseOver(now).all());
        more.add(one);
        return new IssuedLogins(more);
    }

    private IssuedLogins withoutThoseOver(Instant now) {
        return new IssuedLogins(all.stream()
                .filter(one -> now.isBefore(one.until()) || isToBeKnown(one))
                .toList());
    }

    /** Who was an operator could sign today what says that it was signed before their login was over, so for as long as the mesh there is a word against it. */
    private static boolean isToBeKnown(Issued one) {
        return one.revoked().isPresent() && one.role().equals(LoginSignatures.OPERATORS);
    }

    /** The same with every login of a name revoked that is not yet. */
    public IssuedLogins revoke(ClientName name, Instant now) {
        return revoke(one -> one.name().equals(name), now);
    }

    /** The same with every login revoked that another took the place of: of its name and role, and about another key. */
    public IssuedLogins revokeReplaced(Issued by, Instant now) {
        return revoke(one -> isReplaced(one, by), now);
    }

    /** Whether some login still counts that another took the place of. */
    public boolean hasReplaced(Issued by) {
        return all.stream().anyMatch(one -> one.revoked().isEmpty() && isReplaced(one, by));
    }

    private static boolean isReplaced(Issued one, Issued by) {
        return one.name().equals(by.name())
                && one.role().equals(by.role())
                && !one.key().equals(by.key());
    }

    private IssuedLogins revoke(Predicate<Issued> which, Instant now) {
        return new IssuedLogins(withoutThoseOver(now).all().stream()
                .map(one -> which.test(one) && one.revoked().isEmpty()
                        ? new Issued(one.name(), one.role(), one.key(), one.at(), one.until(), Optional.of(now))
                        : one)
                .toList());
    }

    /** Those of a name. */
    public List<Issued> of(ClientName name) {
        return all.stream().filter(one -> one.name().equals(name)).toList();
    }

    /** What servers are to be told, as {@link MeshAuthority#accountToken} takes it. */
    public Map<PublicKey, Instant> revocations() {
        return all.stream()
                .filter(one -> one.revoked().isPresent())
                .collect(Collectors.toMap(Issued::key, one -> one.revoked().orElseThrow()));
    }
}
