// A topology whose nodes look up nothing.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.resolver;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime, DnsServer {}

    static final Resolver NAMES = Resolver.named(ServiceName.of("names"));
    static final Object SITE = Deployment.named(DeploymentName.of("site"))
            .on(Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")))
            .runs(«NAMES»); //! incompatible types: Resolver cannot be converted to Score<? super Lab>
            //= .runs(DnsZone.of(ServiceName.of("home"), DnsName.of("home.example"), new DnsRecord.Address(DnsName.of("nas.home.example"), IpAddress.of("10.0.0.7"))));
}
