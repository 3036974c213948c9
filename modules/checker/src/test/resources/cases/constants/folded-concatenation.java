// The name is put together of constants.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final String HOST = "web_" + 1;
    static final String ZONE = "example.org";
    static final DnsName NAME = DnsName.of(«HOST + "." + ZONE»); //! label of DNS name 'web_1.example.org': 'web_1' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'web-1'?
    //= static final DnsName NAME = DnsName.of(HOST.replace('_', '-') + "." + ZONE);
}
