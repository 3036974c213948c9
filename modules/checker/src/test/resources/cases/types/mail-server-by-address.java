// Mail goes to a name, not to an address (RFC 5321 §5.1).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsRecord MAIL = new DnsRecord.MailServer(DnsName.of("example.org"), DnsPreference.of(10), «IpAddress.of("10.0.0.9")»); //! incompatible types: IpAddress cannot be converted to DnsName
    //= static final DnsRecord MAIL = new DnsRecord.MailServer(DnsName.of("example.org"), DnsPreference.of(10), DnsName.of("mail.example.org"));
}
