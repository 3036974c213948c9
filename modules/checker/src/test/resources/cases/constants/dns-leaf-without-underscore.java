// What stands before a name has an underscore (RFC 8552).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsLeaf VALUE = DnsLeaf.of(«"sip.tcp"»); //! 'sip.tcp' does not stand before a name: write up to 5 labels of which one begins with '_', as _dmarc or _sip._tcp
    //= static final DnsLeaf VALUE = DnsLeaf.of("_sip._tcp");
}
