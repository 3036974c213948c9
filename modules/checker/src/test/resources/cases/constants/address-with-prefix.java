// A block where an address belongs.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final IpAddress VALUE = IpAddress.of(«"10.0.0.1/24"»); //! '10.0.0.1/24' is not an IP address; write it as in 192.0.2.7 or 2001:db8::7
    //= static final IpAddress VALUE = IpAddress.of("10.0.0.1");
}
