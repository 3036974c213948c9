package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.HttpScheme;
import io.nationtech.harmony.domain.node.PortReach;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.PlacementTerms;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Protocol;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A service under a name of the site: {@code Ingress.of(HttpsUrl.of(DnsName.of("photos.home.example")), web)}. One node answers for it,
 * or each does, {@code with(new EveryNode())}; certificates are of the site's own authority.
 *
 * @param <C> what it needs of the topology
 * @param to the service that the same deployment runs; its first port is what people reach
 * @param terms which node answers
 */
public record Ingress<C extends TlsRouter & SecretStore>(
        ServiceName name, HttpsUrl url, ContainerService to, PlacementTerms terms) implements Score<C> {
    /** The proxy is there once for all of a node's names; one more costs it a certificate and some lines. */
    private static final Demand LITTLE = new Demand(CpuShare.millis(1), Memory.mebibytes(1));

    private static final int LONGEST_NAME = 63;
    private static final int DIGITS = 8;

    public Ingress {
        PublishedPort port = to.port();
        if (port.reach() == PortReach.NODE) {
            throw new InvalidValueException(
                            "%s cannot lead to service '%s', whose port %s is reached from its own node alone; publish one that others reach first"
                                    .formatted(url, to.name(), port.node()))
                    .about(to);
        }
        if (port.protocol() != Protocol.TCP) {
            throw new InvalidValueException(
                            "%s cannot lead to service '%s', which publishes %s first; publish the port first at which it speaks HTTP"
                                    .formatted(url, to.name(), port))
                    .about(to);
        }
    }

    /** Leads people who ask for the name to a service. */
    public static <C extends TlsRouter & SecretStore> Ingress<C> of(HttpsUrl url, ContainerService to) {
        return new Ingress<>(nameOf(url), url, to, PlacementTerms.of(LITTLE));
    }

    /** Its host's name with hyphens; of a long one the beginning and a digest. */
    private static ServiceName nameOf(HttpsUrl url) {
        String host = url.host().value().replace('.', '-');
        String name = url.isUsual() ? host : host + "-" + url.port();
        return ServiceName.of(
                name.length() <= LONGEST_NAME
                        ? name
                        : name.substring(0, LONGEST_NAME - DIGITS - 1)
                                + "-%08x".formatted(url.toString().hashCode()));
    }

    /** The same, where another score has its name. */
    public Ingress<C> named(ServiceName other) {
        return new Ingress<>(other, url, to, terms);
    }

    /** The same, on a node that has one thing more. */
    public Ingress<C> needs(Requirement another) {
        return new Ingress<>(name, url, to, terms.needs(another));
    }

    /** The same, which likes one more place. */
    public Ingress<C> likes(Affinity another) {
        return new Ingress<>(name, url, to, terms.likes(another));
    }

    /** The same, where nobody enters who is not known. */
    public GuardedIngress<C> guardedBy(BasicLogin login) {
        return new GuardedIngress<>(this, login, List.of());
    }

    @Override
    public List<SecretRef> secrets() {
        return List.of(SiteAuthority.SECRET);
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return expand(deployment, inventory, UnaryOperator.identity());
    }

    Expansion expand(DeploymentName deployment, Inventory inventory, UnaryOperator<IngressRoute> changed) {
        if (!inventory.secrets().containsKey(SiteAuthority.SECRET)) {
            return new Expansion.Impossible(new Cause(
                    "%s has no certificate authority: no version of secret '%s' is known"
                            .formatted(url, SiteAuthority.SECRET.name()),
                    "ingress '%s'".formatted(name),
                    "make it where the secret store is: harmony ca create"));
        }
        WorkloadId id = new WorkloadId(new ServiceRef(deployment, name), 0);
        return new Expansion.Runs(List.of(Task.of(terms.workload(id), changed.apply(route(inventory)))));
    }

    private IngressRoute route(Inventory inventory) {
        return new IngressRoute(
                ResourceName.of(name.value()),
                url,
                new IngressRoute.Backend(to.name(), to.port().node(), scheme(), check()),
                inventory.mounted(SiteAuthority.SECRET),
                List.of());
    }

    private Optional<IngressRoute.HttpCheck> check() {
        return probe().map(probe -> new IngressRoute.HttpCheck(probe.port(), probe.path(), probe.scheme()));
    }

    /** What a probe says of the port that people reach. */
    private HttpScheme scheme() {
        return probe().filter(probe -> probe.port().equals(to.port().node()))
                .map(HttpProbe::scheme)
                .orElse(HttpScheme.DEFAULT);
    }

    private Optional<HttpProbe> probe() {
        return to.container()
                .healthCheck()
                .probe()
                .filter(HttpProbe.class::isInstance)
                .map(HttpProbe.class::cast);
    }
}
