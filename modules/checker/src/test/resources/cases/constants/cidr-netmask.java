// A netmask where a prefix length belongs.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Cidr VALUE = Cidr.of(«"10.0.0.0/255.0.0.0"»); //! '10.0.0.0/255.0.0.0' is not an address block; write it as in 192.0.2.0/24
    //= static final Cidr VALUE = Cidr.of("10.0.0.0/8");
}
