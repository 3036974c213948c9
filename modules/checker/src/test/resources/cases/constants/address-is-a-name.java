// A name where an address belongs: nothing is looked up.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final IpAddress VALUE = IpAddress.of(«"router.local"»); //! 'router.local' is not an IP address; write it as in 192.0.2.7 or 2001:db8::7
    //= static final IpAddress VALUE = IpAddress.of("192.168.1.1");
}
