// A record beside those that a zone has of a deployment's services.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DeploymentName SHOP = DeploymentName.of("shop");
    static final DnsZone DNS = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("web.shop.example.org"), IpAddress.of("10.0.0.9"))).follows(«SHOP»); //! 'web.shop.example.org' is a name of deployment 'shop', which zone 'example.org' follows; leave out the one or the other
    //= static final DnsZone DNS = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("web.example.org"), IpAddress.of("10.0.0.9"))).follows(SHOP);
}
