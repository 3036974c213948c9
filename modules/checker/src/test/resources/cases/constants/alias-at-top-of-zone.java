// The name of the zone itself is an alias (RFC 1034 §3.6.2, RFC 1912 §2.4).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("dns");
    static final DnsName ZONE = DnsName.of("a.example.org");
    static final DnsZone DNS = DnsZone.of(NAME, ZONE, «new DnsRecord.Alias(ZONE, DnsName.of("web.example.net"))»); //! 'a.example.org' is an alias of 'web.example.net' and more in zone 'a.example.org'; an alias stands alone (RFC 1034 §3.6.2)
    //= static final DnsZone DNS = DnsZone.of(NAME, ZONE, new DnsRecord.Address(ZONE, IpAddress.of("10.0.0.9")));
}
