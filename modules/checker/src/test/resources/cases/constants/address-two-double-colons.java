// Two gaps in one IPv6 address (RFC 4291 §2.2).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final IpAddress VALUE = IpAddress.of(«"2001::db8::1"»); //! '2001::db8::1' is not an IP address; write it as in 192.0.2.7 or 2001:db8::7
    //= static final IpAddress VALUE = IpAddress.of("2001:db8::1");
}
