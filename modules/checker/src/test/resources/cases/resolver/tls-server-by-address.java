// Of a server by TLS the name of its certificate is known.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.resolver;
import module java.base;

class Case {
    static final Resolver NAMES = Resolver.named(ServiceName.of("names")).forwardsOverTls(«IpAddress.of("9.9.9.9")»); //! incompatible types: IpAddress cannot be converted to TlsServer
    //= static final Resolver NAMES = Resolver.named(ServiceName.of("names")).forwardsOverTls(new Upstream.TlsServer(IpAddress.of("9.9.9.9"), DnsName.of("dns.quad9.net")));
}
