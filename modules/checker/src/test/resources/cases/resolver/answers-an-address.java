// Whom it answers is a network.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.resolver;
import module java.base;

class Case {
    static final Resolver NAMES = Resolver.named(ServiceName.of("names")).answers(«IpAddress.of("192.0.2.7")»); //! incompatible types: IpAddress cannot be converted to Cidr
    //= static final Resolver NAMES = Resolver.named(ServiceName.of("names")).answers(Cidr.of("192.0.2.7/32"));
}
