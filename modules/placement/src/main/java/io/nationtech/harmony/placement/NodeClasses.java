package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.NodeClass;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.List;
import java.util.Optional;

/** Whether work could run on any of the kinds of node that a topology declares, were they empty: what a build can know. */
public final class NodeClasses {
    private static final int LINES = 20;

    private NodeClasses() {}

    /** Why no class will do, the closest first; empty when one will, and where no class is declared. */
    public static Optional<Cause> unmet(Workload workload, List<NodeClass> classes) {
        Optional<Cause> contradiction = workload.contradiction()
                .map(pair -> new Cause(
                        pair.toString(), "needs of " + workload.id(), "drop one of the two, no node can have both"));
        return contradiction.or(() -> explain(workload, classes)
                .flatMap(explanation -> explanation
                        .closest()
                        .map(closest -> new Cause(
                                explanation.render(LINES).strip(),
                                "needs of " + workload.id(),
                                "ask for less, or declare a node class that has it; closest is " + closest.node()))));
    }

    /** What each class misses, the closest first; empty when one will do, and where no class is declared. */
    public static Optional<Explanation> explain(Workload workload, List<NodeClass> classes) {
        Placer placer = new Placer(Latencies.unknown());
        Location somewhere = new Location(SiteName.of("declared"), FailureDomain.of("declared"));
        classes.forEach(declared ->
                placer.update(PlacementNode.of(NodeId.of(declared.name().value()), somewhere, declared.hardware())));
        Explanation explanation =
                placer.explain(Workload.of(workload.id(), workload.demand()).needing(workload.needs()));
        return Optional.of(explanation).filter(told -> told.closest().isPresent());
    }
}
