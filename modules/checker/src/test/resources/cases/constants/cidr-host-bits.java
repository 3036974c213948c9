// Host bits are set: a host where a network belongs.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Cidr VALUE = Cidr.of(«"192.168.1.17/24"»); //! 192.168.1.17/24 has host bits set; did you mean 192.168.1.0/24?
    //= static final Cidr VALUE = Cidr.of("192.168.1.0/24");
}
