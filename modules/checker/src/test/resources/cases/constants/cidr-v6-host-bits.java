// Host bits are set in IPv6.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Cidr VALUE = Cidr.of(«"2001:db8::7/64"»); //! 2001:db8:0:0:0:0:0:7/64 has host bits set; did you mean 2001:db8:0:0:0:0:0:0/64?
    //= static final Cidr VALUE = Cidr.of("2001:db8::/64");
}
