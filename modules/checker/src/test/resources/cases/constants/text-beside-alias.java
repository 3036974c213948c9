// A text beside an alias of the same name (RFC 1034 §3.6.2).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("dns");
    static final DnsName ZONE = DnsName.of("example.org");
    static final DnsName WWW = DnsName.of("www.example.org");
    static final DnsZone DNS = DnsZone.of(NAME, ZONE, «new DnsRecord.Alias(WWW, DnsName.of("web.example.net"))», new DnsRecord.Text(WWW, DnsText.of("v=spf1 -all"))); //! 'www.example.org' is an alias of 'web.example.net' and more in zone 'example.org'; an alias stands alone (RFC 1034 §3.6.2)
    //= static final DnsZone DNS = DnsZone.of(NAME, ZONE, new DnsRecord.Alias(WWW, DnsName.of("web.example.net")), new DnsRecord.Text(ZONE, DnsText.of("v=spf1 -all")));
}
