// An alias of a service's name, in a zone that does not follow its deployment.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, DnsServer {}

    @Override
    public Deployment<?> deployment() {
        var store = DnsName.of("store.example.org"); //! alias 'store.example.org' of 'dns' leads to 'web.shop.example.org', of which no record of its zone speaks [alias-of-nothing]
        var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Alias(store, DnsName.of("web.shop.example.org"))); //! the other side of it [alias-of-nothing]
        //= var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Alias(store, DnsName.of("web.shop.example.org"))).follows(DeploymentName.of("shop"));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("names"))
                .on(lab)
                .runs(dns)
                .provenBy(HealthSmokeTest.of(dns));
    }
}
