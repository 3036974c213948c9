// A service's place has a port and a preference, in this order.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsRecord SIP = new DnsRecord.Service(DnsLeaf.of("_sip._tcp"), DnsName.of("example.org"), «Port.of(5060)», DnsName.of("pbx.example.org"), DnsPreference.of(0)); //! incompatible types: Port cannot be converted to DnsPreference
    //= static final DnsRecord SIP = new DnsRecord.Service(DnsLeaf.of("_sip._tcp"), DnsName.of("example.org"), DnsPreference.of(0), DnsName.of("pbx.example.org"), Port.of(5060));
}
