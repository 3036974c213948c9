// A topology that is nowhere.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface HomeLab extends ContainerRuntime {}
    static final Topology<HomeLab> LAB = «Topology.of»(TopologyName.of("lab"), HomeLab.class); //! method of in interface Topology<C> cannot be applied to given types;
    //= static final Topology<HomeLab> LAB = Topology.of(TopologyName.of("lab"), HomeLab.class, Site.of("basel"));
}
