// The outer failover acts before the inner one has had its turn.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime {}

    static final Topology<Lab> BASEL = Topology.of(TopologyName.of("basel"), Lab.class, Site.of("basel"));
    static final Topology<Lab> BERN = Topology.of(TopologyName.of("bern"), Lab.class, Site.of("bern"));
    static final Topology<Lab> ZUG = Topology.of(TopologyName.of("zug"), Lab.class, Site.of("zug"));
    static final TakeOver SLOW = TakeOver.after(Duration.ofMinutes(10));
    static final TakeOver QUICK = TakeOver.after(Duration.ofMinutes(2));
    static final Topology<Lab> INNER = new Failover<Lab>(TopologyName.of("inner"), Lab.class, BASEL, BERN, SLOW);
    static final Object OUTER = new Failover<Lab>(TopologyName.of("outer"), Lab.class, INNER, ZUG, «QUICK»); //! failover 'outer' takes over after PT2M, before its primary's own 'inner' does after PT10M; take longer than that
    //= static final Object OUTER = new Failover<Lab>(TopologyName.of("outer"), Lab.class, INNER, ZUG, TakeOver.after(Duration.ofMinutes(15)));
}
