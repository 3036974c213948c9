// An address record wants an address (RFC 1035 §3.4.1).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsRecord WWW = new DnsRecord.Address(DnsName.of("www.example.org"), «DnsName.of("web.example.org")»); //! incompatible types: DnsName cannot be converted to IpAddress
    //= static final DnsRecord WWW = new DnsRecord.Alias(DnsName.of("www.example.org"), DnsName.of("web.example.org"));
}
