// Text where a host name belongs.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsName NAME = «"example.org"»; //! incompatible types: String cannot be converted to DnsName
    //= static final DnsName NAME = DnsName.of("example.org");
}
