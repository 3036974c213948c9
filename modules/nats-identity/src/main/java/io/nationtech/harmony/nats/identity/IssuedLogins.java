package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Grant;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The logins that were issued and may still be shown to a server, and which of them are revoked. Says nothing secret. */
public record IssuedLogins(List<Issued> all) {
    /** None yet. */
    public static final IssuedLogins NONE = new IssuedLogins(List.of());

    private static final String HEAD = "# name, role, key, issued, until, revoked";
    /** One more of who may deploy some things alone: deployments, {@code @}, nodes. */
    private static final int FIELDS = 6;

    private static final String ALL = "*";
    private static final String NOT = "-";
    private static final Set<String> DEPLOYING = Set.of(LoginSignatures.OPERATORS, LoginSignatures.DEPLOYERS);

    /**
     * One of them.
     *
     * @param role by its name
     * @param revoked since when
     * @param grant what they may deploy, if they may at all
     */
    public record Issued(
            ClientName name,
            String role,
            PublicKey key,
            Instant at,
            Instant until,
            Optional<Instant> revoked,
            Grant grant) {

        /** One that is not limited but by its role. */
        public Issued(
                ClientName name, String role, PublicKey key, Instant at, Instant until, Optional<Instant> revoked) {
            this(name, role, key, at, until, revoked, Grant.ALL);
        }

        private Issued revokedAt(Instant now) {
            return new Issued(name, role, key, at, until, Optional.of(now), grant);
        }

        private String line() {
            return Stream.concat(
                            Stream.of(
                                    name,
                                    role,
                                    key,
                                    at,
                                    until,
                                    revoked.map(Instant::toString).orElse(NOT)),
                            // Who reads lists as they were before reads those of meshes where nobody is limited.
                            grant.equals(Grant.ALL)
                                    ? Stream.of()
                                    : Stream.of("%s@%s".formatted(text(grant.deployments()), text(grant.nodes()))))
                    .map(Object::toString)
                    .collect(Collectors.joining(" "));
        }

        private static String text(Optional<? extends SortedSet<?>> names) {
            return names.map(some -> some.stream().map(Object::toString).collect(Collectors.joining(",")))
                    .orElse(ALL);
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
            if (fields.length == FIELDS || fields.length == FIELDS + 1) {
                return new Issued(
                        ClientName.of(fields[0]),
                        fields[1],
                        PublicKey.parse(fields[2]),
                        Instant.parse(fields[3]),
                        Instant.parse(fields[4]),
                        fields[5].equals(NOT) ? Optional.empty() : Optional.of(Instant.parse(fields[5])),
                        fields.length == FIELDS ? Grant.ALL : grant(fields[FIELDS]));
            }
        } catch (DateTimeException e) {
            throw invalid(line);
        }
        throw invalid(line);
    }

    private static Grant grant(String text) {
        String[] parts = text.split("@", -1);
        if (parts.length != 2) {
            throw new InvalidValueException("'%s' is not as in photos,shop@node-1, or with * for all".formatted(text));
        }
        return new Grant(names(parts[0], DeploymentName::of), names(parts[1], NodeId::of));
    }

    private static <T extends Comparable<T>> Optional<SortedSet<T>> names(String text, Function<String, T> name) {
        return text.equals(ALL)
                ? Optional.empty()
                : Optional.of(
                        Arrays.stream(text.split(",", -1)).map(name).collect(Collectors.toCollection(TreeSet::new)));
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
        return one.revoked().isPresent() && DEPLOYING.contains(one.role());
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
                .map(one -> which.test(one) && one.revoked().isEmpty() ? one.revokedAt(now) : one)
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
