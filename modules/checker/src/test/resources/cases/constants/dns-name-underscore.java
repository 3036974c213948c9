// A host name has no underscore (RFC 1123 §2.1).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsName VALUE = DnsName.of(«"my_host.example.org"»); //! label of DNS name 'my_host.example.org': 'my_host' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'my-host'?
    //= static final DnsName VALUE = DnsName.of("my-host.example.org");
}
