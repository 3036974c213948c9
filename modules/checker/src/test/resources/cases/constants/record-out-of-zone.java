// A record of another zone (containment).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("dns");
    static final DnsName ZONE = DnsName.of("a.example.org");
    static final DnsZone DNS = DnsZone.of(NAME, ZONE, «new DnsRecord.Address(DnsName.of("www.b.example.org"), IpAddress.of("10.0.0.9"))»); //! record 'www.b.example.org' is out of zone 'a.example.org'; did you mean 'www.a.example.org'?
    //= static final DnsZone DNS = DnsZone.of(NAME, ZONE, new DnsRecord.Address(DnsName.of("www.a.example.org"), IpAddress.of("10.0.0.9")));
}
