// Two parts of one name.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime {}

    static final Topology<Lab> BASEL = Topology.of(TopologyName.of("home"), Lab.class, Site.of("basel"));
    static final Topology<Lab> BERN = Topology.of(TopologyName.of("home"), Lab.class, Site.of("bern"));
    static final Topology<Lab> ZUG = Topology.of(TopologyName.of("office"), Lab.class, Site.of("zug"));
    static final TakeOver LATER = TakeOver.after(Duration.ofMinutes(2));
    static final Object BOTH = «new Failover<Lab>(TopologyName.of("both"), Lab.class, BASEL, BERN, LATER)»; //! topology 'both' has 'home' twice among itself and its parts; give each a name of its own
    //= static final Object BOTH = new Failover<Lab>(TopologyName.of("both"), Lab.class, BASEL, ZUG, LATER);
}
