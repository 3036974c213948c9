// Machines at a site that the topology does not have (dangling reference).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Topology<ContainerRuntime> LAB = Topology.of(TopologyName.of("lab"), ContainerRuntime.class, Site.of("basel"))
            .with(«new Machines(NodeClassName.of("pi5"), Site.of("bern"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), ContainerRuntime.class)»); //! machines 'pi5' stand at site 'bern', which topology 'lab' does not have
    //=         .with(new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), ContainerRuntime.class));
}
