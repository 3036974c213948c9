// The name of an address is in the zone of its block.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("by-address");
    static final DnsName ZONE = DnsName.reverse(Cidr.of("10.0.0.0/24"));
    static final DnsZone DNS = DnsZone.of(NAME, ZONE, «new DnsRecord.Pointer(IpAddress.of("10.0.1.9"), DnsName.of("web.example.org"))»); //! record '9.1.0.10.in-addr.arpa' is out of zone '0.0.10.in-addr.arpa'; did you mean '9.0.0.10.in-addr.arpa'?
    //= static final DnsZone DNS = DnsZone.of(NAME, ZONE, new DnsRecord.Pointer(IpAddress.of("10.0.0.9"), DnsName.of("web.example.org")));
}
