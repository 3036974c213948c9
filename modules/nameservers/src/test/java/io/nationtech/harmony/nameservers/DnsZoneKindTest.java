package io.nationtech.harmony.nameservers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsRecord.CertificateIssuer.Certificates;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.score.DnsZoneKind;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsLeaf;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.DnsPreference;
import io.nationtech.harmony.domain.value.DnsText;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.contract.ResourceKindContract;
import io.nationtech.harmony.form.RecordForm;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DnsZoneKindTest extends ResourceKindContract<DnsZone> {
    private static final DnsRecord.Address NAS = Names.at("nas.home.example", "192.0.2.7");

    /** All that a zone can say. */
    static final DnsZone ALL = DnsZone.of(
            ServiceName.of("home"),
            Names.HOME,
            NAS,
            Names.at("nas.home.example", "2001:db8::7"),
            new DnsRecord.Alias(DnsName.of("files.home.example"), NAS.name()),
            new DnsRecord.Wildcard(DnsName.of("apps.home.example"), IpAddress.of("192.0.2.9")),
            new DnsRecord.MailServer(Names.HOME, DnsPreference.of(10), NAS.name()),
            new DnsRecord.Service(DnsLeaf.of("_sip._tcp"), Names.HOME, DnsPreference.of(0), NAS.name(), Port.of(5060)),
            new DnsRecord.Text(Names.HOME, DnsText.of("v=spf1 -all")),
            new DnsRecord.Text(DnsLeaf.of("_dmarc"), Names.HOME, DnsText.of("v=DMARC1; p=reject; \"é\\\"")),
            new DnsRecord.CertificateIssuer(Names.HOME, Certificates.ALL, Optional.of(DnsName.of("letsencrypt.org"))),
            new DnsRecord.CertificateIssuer(Names.HOME, Certificates.WILDCARD, Optional.empty()),
            new DnsRecord.NameServer(DnsName.of("cellar.home.example"), NAS.name()));

    @Override
    protected ResourceKind<DnsZone> kind() {
        return new DnsZoneKind();
    }

    @Override
    protected List<DnsZone> examples() {
        return List.of(
                ALL,
                ALL.answeredAt(Port.of(5300)),
                ALL.follows(Names.LAB, DeploymentName.of("shop")),
                ALL.leadingTo(_ -> List.of(Names.NODE)),
                ALL.reversed(ServiceName.of("home"), Cidr.of("192.0.2.0/24")),
                ALL.reversed(ServiceName.of("home"), Cidr.of("2001:db8::/48")));
    }

    @Test
    void thePortIsSharedByTheZonesOfANode() {
        assertEquals(
                Set.of(NodePort.udp(Port.of(53)), NodePort.tcp(Port.of(53))),
                ALL.claim().sharedPorts());
        assertEquals(
                Set.of(NodePort.udp(Port.of(5300)), NodePort.tcp(Port.of(5300))),
                ALL.answeredAt(Port.of(5300)).claim().sharedPorts());
    }

    @Test
    void anOlderAgentIsToldOfAddressesAndAliases() {
        RecordForm<DnsZone> form = RecordForm.of(DnsZone.class);

        assertEquals(1, form.versionNeeded(DnsZone.of(ServiceName.of("home"), Names.HOME, NAS)));
        assertEquals(2, form.versionNeeded(ALL));
    }

    @Test
    void addressesAreFoundByTheirDigitsFromTheEnd() {
        assertEquals(
                DnsName.of("2.0.192.in-addr.arpa"),
                ALL.reversed(ServiceName.of("back"), Cidr.of("192.0.2.0/24")).zone());
        assertEquals(
                List.of(new DnsRecord.Pointer(IpAddress.of("2001:db8::7"), NAS.name())),
                ALL.reversed(ServiceName.of("back"), Cidr.of("2001:db8::/48")).records());
        assertEquals(
                DnsName.of("7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"),
                DnsName.reverse(IpAddress.of("2001:db8::7")));
        assertEquals(DnsName.of("7.2.0.192.in-addr.arpa"), DnsName.reverse(IpAddress.of("192.0.2.7")));
    }
}
