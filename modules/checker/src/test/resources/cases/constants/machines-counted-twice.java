// The same machines, counted twice.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime {}

    static final Machines DESK = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), Lab.class);
    static final Machines MORE = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), Lab.class);
    static final Machines ATTIC = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("attic"), MachineCount.of(2), Memory.gibibytes(8), Lab.class);
    static final Object LAB = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(DESK, «MORE»); //! topology 'lab' counts machines 'pi5' in failure domain 'desk' twice; say the count once
    //= static final Object LAB = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(DESK, ATTIC);
}
