package io.nationtech.harmony.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.contract.ResourceKindContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResolverKindTest extends ResourceKindContract<Resolver> {
    private static final DnsName HOME = DnsName.of("home.example");
    private static final DnsZone ZONE = DnsZone.of(
                    ServiceName.of("home"),
                    HOME,
                    new DnsRecord.Address(DnsName.of("nas.home.example"), IpAddress.of("192.0.2.7")))
            .answeredAt(Port.of(5300));
    private static final Resolver PLAIN = Resolver.named(ServiceName.of("names"));

    @Override
    protected ResourceKind<Resolver> kind() {
        return new ResolverKind();
    }

    @Override
    protected List<Resolver> examples() {
        return List.of(
                PLAIN,
                PLAIN.forwardsTo(IpAddress.of("192.0.2.1"), IpAddress.of("2001:db8::1")),
                PLAIN.forwardsOverTls(new Upstream.TlsServer(IpAddress.of("9.9.9.9"), DnsName.of("dns.quad9.net"))),
                PLAIN.answers(Cidr.of("192.0.2.0/24")),
                PLAIN.hands(ZONE),
                PLAIN.hands(ZONE).leadingTo(_ -> List.of(replica("192.0.2.8"))),
                PLAIN.hands(DnsName.of("office.example"), IpAddress.of("192.0.2.9")),
                PLAIN.blocks(DnsName.of("ads.example"), DnsName.of("more.ads.example")));
    }

    private static ServiceReplica replica(String address) {
        return new ServiceReplica(NodeId.of("node-1"), IpAddress.of(address));
    }

    @Test
    void thePortIsItsAlone() {
        assertEquals(
                Set.of(NodePort.udp(Port.of(53)), NodePort.tcp(Port.of(53))),
                PLAIN.claim().ports());
    }

    @Test
    void aZoneOfTheDeploymentIsAskedWhereItIsServed() {
        Resolver resolver = PLAIN.hands(ZONE)
                .hands(DnsName.of("office.example"), IpAddress.of("192.0.2.9"))
                .leadingTo(service -> service.equals(ZONE.name()) ? List.of(replica("192.0.2.8")) : List.of());

        assertEquals(
                List.of(
                        new HandedZone(
                                HOME, Optional.of(ZONE.name()), Port.of(5300), List.of(IpAddress.of("192.0.2.8"))),
                        new HandedZone(
                                DnsName.of("office.example"),
                                Optional.empty(),
                                Port.of(53),
                                List.of(IpAddress.of("192.0.2.9")))),
                resolver.zones());
    }

    @Test
    void aZoneIsAskedOfOne() {
        assertThrows(InvalidValueException.class, () -> PLAIN.hands(ZONE).hands(HOME, IpAddress.of("192.0.2.9")));
    }

    @Test
    void whatIsBlockedIsHandedToNobody() {
        InvalidValueException refused = assertThrows(
                InvalidValueException.class, () -> PLAIN.hands(ZONE).blocks(DnsName.of("example")));

        assertEquals(
                "resolver 'names' blocks 'example', and asks others for zone 'home.example'; leave one of the two out",
                refused.getMessage());
        PLAIN.hands(ZONE).blocks(DnsName.of("ads.home.example"));
    }

    @Test
    void tenThousandNamesAreBlockedAndNoMore() {
        Blocklist list = new Blocklist(IntStream.rangeClosed(1, 10_000)
                .mapToObj("a%d.example"::formatted)
                .map(DnsName::of)
                .toList());
        Resolver full = PLAIN.blocks(list);

        InvalidValueException refused =
                assertThrows(InvalidValueException.class, () -> full.blocks(DnsName.of("one.more.example")));

        assertTrue(refused.getMessage().contains("10001 blocked names; it can have 10000"), refused::getMessage);
    }

    @Test
    void someResolverIsForwardedToAndNotTooMany() {
        assertThrows(InvalidValueException.class, () -> new Upstream.Forwarding(List.of()));
        assertThrows(
                InvalidValueException.class,
                () -> new Upstream.Forwarding(IntStream.rangeClosed(1, 17)
                        .mapToObj("192.0.2.%d"::formatted)
                        .map(IpAddress::of)
                        .toList()));
    }
}
