package io.nationtech.harmony.cli;

import io.nationtech.harmony.ingress.SiteAuthority;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.nats.identity.Token;
import io.nationtech.harmony.secrets.Secrets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What ends of that which whoever runs a mesh or a site keeps in a store of secrets. */
record StoreCheckup(Secrets store, Instant now) {
    /** Whatever an authority issues ends with it, and lasts a year. */
    private static final Duration AUTHORITY_EARLY = Duration.ofDays(365);

    Stream<Finding> findings() {
        return Stream.concat(
                store.version(MeshKeys.KEYS).stream().flatMap(_ -> logins()),
                store.version(SiteAuthority.SECRET).stream()
                        .map(_ -> authority(
                                "certificates of the site, secret '%s'".formatted(SiteAuthority.SECRET.name()),
                                CaCommand.certificate(store),
                                now)));
    }

    static Finding authority(String what, X509Certificate certificate, Instant now) {
        return new Finding.Ending(
                        "the authority of the " + what,
                        certificate.getNotAfter().toInstant(),
                        "nothing renews it yet: make a new one, which everybody has to trust anew")
                .at(now, AUTHORITY_EARLY);
    }

    /** Of each name and role the login that lasts longest; somebody may have the others still. */
    private Stream<Finding> logins() {
        List<Issued> last = new MeshKeys(store)
                .logins().all().stream()
                        .filter(one -> one.revoked().isEmpty())
                        .collect(Collectors.toMap(
                                one -> "%s %s".formatted(one.name(), one.role()),
                                one -> one,
                                BinaryOperator.maxBy(Comparator.comparing(Issued::until)),
                                TreeMap::new))
                        .values()
                        .stream()
                        .toList();
        List<Finding> ending = last.stream()
                .filter(one -> !now.isBefore(one.until().minus(Token.EARLY)))
                .map(this::login)
                .toList();
        return Stream.concat(
                Stream.of(Finding.good("%d of %d logins of the mesh last for %d days and more"
                        .formatted(last.size() - ending.size(), last.size(), Token.EARLY.toDays()))),
                ending.stream());
    }

    private Finding login(Issued one) {
        return new Finding.Ending("the login of %s '%s'".formatted(one.role(), one.name()), one.until(), next(one))
                .at(now, Token.EARLY);
    }

    private static String next(Issued one) {
        return one.role().equals(MeshRoles.NODE.name())
                ? "the node asks for another when it is there, and `harmony mesh renew` issues it; or `harmony mesh revoke %s`"
                        .formatted(one.name())
                : "harmony mesh login --%s %s%s, and put it in the place of the old; or `harmony mesh revoke %s`"
                        .formatted(
                                one.role().equals(MeshRoles.DEPLOYER.name()) ? MeshRoles.OPERATOR.name() : one.role(),
                                one.name(),
                                MeshLoginCommand.options(one.grant()),
                                one.name());
    }
}
