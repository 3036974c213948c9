package io.nationtech.harmony.resolver;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.node.ServiceReplicas;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.PlacementTerms;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks up names for the machines of a site, at port 53 of its node: {@code Resolver.named(…).forwardsOverTls(…).hands(zone).blocks(…)}. Answers
 * that are signed are validated (RFC 4035), and kept for as long as they may be. It is once on a node, or on each {@code with(new EveryNode())}.
 *
 * @param upstream whom it asks
 * @param clients whom it answers beside those with private addresses; 100 at most
 * @param zones for which it asks others; 100 at most
 * @param blocked names that it says there are none of, with all that end with them; 10,000 at most
 */
public record Resolver(
        ServiceName name, Upstream upstream, List<Cidr> clients, List<HandedZone> zones, List<DnsName> blocked)
        implements Score<DnsResolver>, NodeResource {
    /** Where machines ask (RFC 1035 §4.2). */
    public static final Port PORT = Port.of(53);

    /** Whom every resolver answers: RFC 1918, RFC 4193, RFC 6598 and machines of one link (RFC 3927, RFC 4291 §2.5.6). */
    public static final List<Cidr> PRIVATE = Stream.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "169.254.0.0/16",
                    "fc00::/7",
                    "fe80::/10")
            .map(Cidr::of)
            .toList();

    private static final Demand LITTLE = new Demand(CpuShare.millis(10), Memory.mebibytes(32));
    private static final int MOST = 100;
    private static final int MOST_BLOCKED = 10_000;

    public Resolver {
        clients = List.copyOf(clients);
        zones = List.copyOf(zones);
        blocked = List.copyOf(blocked);
        require(name, "networks that it answers", clients.size(), MOST);
        require(name, "zones for which it asks others", zones.size(), MOST);
        require(name, "blocked names", blocked.size(), MOST_BLOCKED);
        Set<DnsName> handed = new HashSet<>();
        for (HandedZone zone : zones) {
            if (!handed.add(zone.zone())) {
                throw new InvalidValueException(
                        "resolver '%s' asks two for zone '%s'; name one".formatted(name, zone.zone()));
            }
        }
        requireOpen(name, handed, blocked);
    }

    private static void require(ServiceName name, String what, int count, int most) {
        if (count > most) {
            throw new InvalidValueException(
                    "resolver '%s' has %d %s; it can have %d".formatted(name, count, what, most));
        }
    }

    /** What is blocked is not asked for, also not of those to whom it is handed. */
    private static void requireOpen(ServiceName name, Set<DnsName> handed, List<DnsName> blocked) {
        Set<DnsName> all = Set.copyOf(blocked);
        for (DnsName zone : handed) {
            withParents(zone).filter(all::contains).findFirst().ifPresent(above -> {
                throw new InvalidValueException(
                                "resolver '%s' blocks '%s', and asks others for zone '%s'; leave one of the two out"
                                        .formatted(name, above, zone))
                        .about(zone);
            });
        }
    }

    private static Stream<DnsName> withParents(DnsName name) {
        return Stream.iterate(
                        name.value(),
                        rest -> !rest.isEmpty(),
                        rest -> rest.contains(".") ? rest.substring(rest.indexOf('.') + 1) : "")
                .map(DnsName::new);
    }

    /** One that looks up names by itself, from the root on. */
    public static Resolver named(ServiceName name) {
        return new Resolver(name, Upstream.DEFAULT, List.of(), List.of(), List.of());
    }

    /** The same, asking these; without encryption. */
    public Resolver forwardsTo(IpAddress first, IpAddress... others) {
        return asking(new Upstream.Forwarding(
                Stream.concat(Stream.of(first), Stream.of(others)).toList()));
    }

    /** The same, asking these by TLS. */
    public Resolver forwardsOverTls(Upstream.TlsServer first, Upstream.TlsServer... others) {
        return asking(new Upstream.ForwardingOverTls(
                Stream.concat(Stream.of(first), Stream.of(others)).toList()));
    }

    private Resolver asking(Upstream other) {
        return new Resolver(name, other, clients, zones, blocked);
    }

    /** The same, answering machines with these addresses too. */
    public Resolver answers(Cidr more) {
        return new Resolver(name, upstream, and(clients, List.of(more)), zones, blocked);
    }

    /** The same, asking the nodes that serve a zone of the same deployment for its names. */
    public Resolver hands(DnsZone zone) {
        return handing(new HandedZone(
                zone.zone(), Optional.of(zone.name()), zone.serving().port(), List.of()));
    }

    /** The same, asking these at port 53 for names of a zone, as that of an office. */
    public Resolver hands(DnsName zone, IpAddress first, IpAddress... others) {
        return handing(new HandedZone(
                zone,
                Optional.empty(),
                PORT,
                Stream.concat(Stream.of(first), Stream.of(others)).toList()));
    }

    private Resolver handing(HandedZone zone) {
        return new Resolver(name, upstream, clients, and(zones, List.of(zone)), blocked);
    }

    /** The same, saying of these names and all that end with them that there are none. */
    public Resolver blocks(DnsName first, DnsName... others) {
        return blocks(
                new Blocklist(Stream.concat(Stream.of(first), Stream.of(others)).toList()));
    }

    /** The same, saying of all names of a list that there are none. */
    public Resolver blocks(Blocklist list) {
        return new Resolver(name, upstream, clients, zones, and(blocked, list.names()));
    }

    private static <T> List<T> and(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }

    @Override
    public ResourceId id() {
        return new ResourceId(ResolverKind.NAME, ResourceName.of(name.value()));
    }

    @Override
    public Resolver named(ResourceName other) {
        return new Resolver(ServiceName.of(other.value()), upstream, clients, zones, blocked);
    }

    @Override
    public Optional<ServiceName> service() {
        return Optional.of(name);
    }

    @Override
    public Resolver leadingTo(ServiceReplicas services) {
        return new Resolver(
                name,
                upstream,
                clients,
                zones.stream()
                        .map(zone -> zone.servedBy()
                                .map(service -> zone.at(services.of(service).stream()
                                        .map(ServiceReplica::address)
                                        .toList()))
                                .orElse(zone))
                        .toList(),
                blocked);
    }

    /** One program of a node answers at its port, and looks up names as one deployment says. */
    @Override
    public Claim claim() {
        return Claim.of(LITTLE).ports(Set.of(NodePort.udp(PORT), NodePort.tcp(PORT)));
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        WorkloadId id = new WorkloadId(new ServiceRef(deployment, name), 0);
        return new Expansion.Runs(List.of(Task.of(PlacementTerms.of(LITTLE).workload(id), this)));
    }
}
