// A resolver cannot look up whom it asks.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.resolver;
import module java.base;

class Case {
    static final Resolver NAMES = Resolver.named(ServiceName.of("names")).forwardsTo(«DnsName.of("dns.quad9.net")»); //! incompatible types: DnsName cannot be converted to IpAddress
    //= static final Resolver NAMES = Resolver.named(ServiceName.of("names")).forwardsTo(IpAddress.of("9.9.9.9"));
}
