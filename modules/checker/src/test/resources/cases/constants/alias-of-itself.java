// An alias that leads to itself.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsRecord WWW = new DnsRecord.Alias(DnsName.of("www.example.org"), «DnsName.of("www.example.org")»); //! alias 'www.example.org' stands for itself
    //= static final DnsRecord WWW = new DnsRecord.Alias(DnsName.of("www.example.org"), DnsName.of("web.example.org"));
}
