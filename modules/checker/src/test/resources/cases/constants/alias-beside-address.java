// An alias beside another record of its name (RFC 1034 §3.6.2).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("dns");
    static final DnsName ZONE = DnsName.of("a.example.org");
    static final DnsRecord WWW = new DnsRecord.Address(DnsName.of("www.a.example.org"), IpAddress.of("10.0.0.9"));
    static final DnsZone DNS = DnsZone.of(NAME, ZONE, WWW, «new DnsRecord.Alias(DnsName.of("www.a.example.org"), DnsName.of("web.example.net"))»); //! 'www.a.example.org' is an alias of 'web.example.net' and more in zone 'a.example.org'; an alias stands alone (RFC 1034 §3.6.2)
    //= static final DnsZone DNS = DnsZone.of(NAME, ZONE, WWW, new DnsRecord.Alias(DnsName.of("shop.a.example.org"), DnsName.of("web.example.net")));
}
