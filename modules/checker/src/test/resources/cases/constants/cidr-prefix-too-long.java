// IPv4 has 32 bits. terraform validate accepts it in most providers.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Cidr VALUE = Cidr.of(«"10.0.0.0/33"»); //! prefix /33 of 10.0.0.0 is longer than 32; did you mean /32?
    //= static final Cidr VALUE = Cidr.of("10.0.0.0/32");
}
