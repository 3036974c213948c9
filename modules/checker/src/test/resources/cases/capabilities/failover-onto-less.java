// The standby lacks what the failover promises.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    @CapabilitySet
    interface HomeLab extends ContainerRuntime, DnsServer, LoadBalancer, SecretStore {}

    @CapabilitySet
    interface Office extends ContainerRuntime, DnsServer {}

    static final Topology<HomeLab> BASEL = Topology.of(TopologyName.of("basel"), HomeLab.class, Site.of("basel"));
    static final Topology<HomeLab> BERN = Topology.of(TopologyName.of("bern"), HomeLab.class, Site.of("bern"));
    static final Topology<Office> ZUG = Topology.of(TopologyName.of("zug"), Office.class, Site.of("zug"));
    static final TakeOver LATER = TakeOver.after(Duration.ofMinutes(1));
    static final TopologyName NAME = TopologyName.of("both");
    static final DeploymentName WEB = DeploymentName.of("web");

    static <C extends SecretStore> Score<C> vault() {
        throw new UnsupportedOperationException();
    }

    static <C extends LoadBalancer> Score<C> balancer() {
        throw new UnsupportedOperationException();
    }

    static <C extends DnsServer & ContainerRuntime> Score<C> names() {
        throw new UnsupportedOperationException();
    }
    void declare() {
        HomeLabFailover.of(NAME, BASEL, «ZUG», LATER); //! topology ZUG (Office) lacks capability LoadBalancer, which HomeLabFailover has on both sides
        //= OfficeFailover.of(NAME, BASEL, ZUG, LATER);
    }
}
