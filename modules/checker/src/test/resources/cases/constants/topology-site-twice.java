// One site, twice.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime {}

    static final Object LAB = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"), «Site.of("basel")»); //! topology 'lab' has site 'basel' twice
    //= static final Object LAB = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"), Site.of("bern"));
}
