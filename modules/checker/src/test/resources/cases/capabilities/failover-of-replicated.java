// What is both failed over and replicated has only what can be both.
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

    static final Topology<HomeLab> BIEL = Topology.of(TopologyName.of("biel"), HomeLab.class, Site.of("biel"));
    static final Topology<HomeLabReplicated> FIRST = HomeLabReplicated.of(TopologyName.of("first"), BASEL, BIEL);
    void declare() {
        Deployment.named(WEB).on(HomeLabFailoverReplicated.failover(NAME, FIRST, BERN, LATER)).runs(«balancer()»); //! score balancer needs capability LoadBalancer, which topology HomeLabFailoverReplicated does not have
        //= Deployment.named(WEB).on(HomeLabFailoverReplicated.failover(NAME, FIRST, BERN, LATER)).runs(names());
    }
}
