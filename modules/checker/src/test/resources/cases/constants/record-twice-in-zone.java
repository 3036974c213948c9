// The same record twice (duplicate).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("dns");
    static final DnsName ZONE = DnsName.of("a.example.org");
    static final DnsRecord WWW = new DnsRecord.Address(DnsName.of("www.a.example.org"), IpAddress.of("10.0.0.9"));
    static final DnsZone DNS = DnsZone.of(NAME, ZONE, «WWW», WWW); //! zone 'a.example.org' has a record twice: Address[name=www.a.example.org, address=10.0.0.9]
    //= static final DnsZone DNS = DnsZone.of(NAME, ZONE, WWW);
}
