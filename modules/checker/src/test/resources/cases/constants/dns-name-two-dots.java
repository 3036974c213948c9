// An empty label, as in Terraform's bad_name..0.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsName VALUE = DnsName.of(«"www..example.org"»); //! label of DNS name 'www..example.org': '' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit
    //= static final DnsName VALUE = DnsName.of("www.example.org");
}
