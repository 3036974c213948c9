// A reverse zone of addresses that the zone does not have.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName BACK = ServiceName.of("by-address");
    static final DnsZone DNS = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("web.example.org"), IpAddress.of("10.0.1.9")));
    static final DnsZone REVERSED = DNS.reversed(BACK, «Cidr.of("10.0.0.0/24")»); //! zone 'example.org' has no address of 10.0.0.0/24, of which names could be found
    //= static final DnsZone REVERSED = DNS.reversed(BACK, Cidr.of("10.0.1.0/24"));
}
