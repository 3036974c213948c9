// A URL where a host name belongs.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsName VALUE = DnsName.of(«"https://example.org"»); //! label of DNS name 'https://example.org': 'https://example' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'https-example'?
    //= static final DnsName VALUE = DnsName.of("example.org");
}
