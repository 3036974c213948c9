// A zone of others needs somebody who is asked.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.resolver;
import module java.base;

class Case {
    static final Resolver NAMES = Resolver.named(ServiceName.of("names")).hands(«DnsName.of("office.example")»); //! incompatible types: DnsName cannot be converted to DnsZone
    //= static final Resolver NAMES = Resolver.named(ServiceName.of("names")).hands(DnsName.of("office.example"), IpAddress.of("10.1.0.1"));
}
