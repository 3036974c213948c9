// One name for two kinds of machine.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime {}

    static final Machines DESK = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), Lab.class);
    static final Machines ATTIC = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("attic"), MachineCount.of(2), Memory.gibibytes(4), Lab.class);
    static final Machines CELLAR = new Machines(NodeClassName.of("pi4"), Site.of("basel"), FailureDomain.of("cellar"), MachineCount.of(2), Memory.gibibytes(4), Lab.class);
    static final Object LAB = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(DESK, «ATTIC»); //! topology 'lab' has machines 'pi5' of two kinds of hardware; give one another name
    //= static final Object LAB = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(DESK, CELLAR);
}
