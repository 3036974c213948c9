// A machine that answers for a zone and looks up names, both at one port.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.resolver;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, DnsServer, DnsResolver {}

    @Override
    public Deployment<?> deployment() {
        var pc = NodeClass.of(NodeClassName.of("pc"), Memory.gibibytes(8)); //! the other side of it [has-no-place]
        var home = DnsZone.of(ServiceName.of("home"), DnsName.of("home.example"), new DnsRecord.Address(DnsName.of("nas.home.example"), IpAddress.of("10.0.0.7"))); //! service 'home' has no place on the one machine of topology 'lab': it wants 1 mCPU, 1 B; closest are 'pc' in 'desk': port 53 — taken by site.names#0 (and 1 more); ask for less, or promise machines that have it [has-no-place]
        //= var home = DnsZone.of(ServiceName.of("home"), DnsName.of("home.example"), new DnsRecord.Address(DnsName.of("nas.home.example"), IpAddress.of("10.0.0.7"))).answeredAt(Port.of(5300));
        var names = Resolver.named(ServiceName.of("names")).hands(home);
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"))
                .with(new Machines(pc, Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(1), Lab.class));
        return Deployment.named(DeploymentName.of("site"))
                .on(lab)
                .runs(names)
                .runs(home)
                .provenBy(HealthSmokeTest.of(names));
    }
}
