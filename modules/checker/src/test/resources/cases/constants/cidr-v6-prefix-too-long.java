// IPv6 has 128 bits.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Cidr VALUE = Cidr.of(«"2001:db8::/129"»); //! prefix /129 of 2001:db8:0:0:0:0:0:0 is longer than 128; did you mean /128?
    //= static final Cidr VALUE = Cidr.of("2001:db8::/32");
}
