// A wildcard within a name.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsName VALUE = DnsName.of(«"a.*.example.org"»); //! label of DNS name 'a.*.example.org': '*' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit
    //= static final DnsName VALUE = DnsName.of("a.b.example.org");
}
