// A preference is a number of 16 bits (RFC 1035 §3.3.9).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsPreference VALUE = DnsPreference.of(«70000»); //! preference 70000 is outside 0..65535
    //= static final DnsPreference VALUE = DnsPreference.of(10);
}
