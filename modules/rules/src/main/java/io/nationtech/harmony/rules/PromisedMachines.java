package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.hardware.Cpu;
import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.Requirements;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.placement.Decision;
import io.nationtech.harmony.placement.Explanation;
import io.nationtech.harmony.placement.Latencies;
import io.nationtech.harmony.placement.PlacementNode;
import io.nationtech.harmony.placement.Placer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part of a topology as if there were just the machines that it promises, each empty and of the least hardware of its kind. Work is
 * placed there as planning places it; whatever machines do not say of themselves may be so.
 */
final class PromisedMachines {
    /** Machines of a kind in one failure domain that mostly do, so that thousands cost no more. */
    private static final int FEW = 32;

    private final Placer placer = new Placer(Latencies.unknown());
    private final Map<NodeId, Machines> kinds = new HashMap<>();

    private PromisedMachines(SiteTopology<?> part, int most) {
        for (Machines machines : part.machines()) {
            Location location = new Location(machines.site().name(), machines.failureDomain());
            for (int number = 0; number < Math.min(machines.count().count(), most); number++) {
                NodeId id = NodeId.of("machine-%05d".formatted(kinds.size()));
                kinds.put(id, machines);
                placer.update(PlacementNode.of(id, location, machines.kind().hardware()));
            }
        }
    }

    /** That part, with all of this work that has a place there. */
    static PromisedMachines of(SiteTopology<?> part, List<Workload> all) {
        Map<WorkloadId, Workload> work = new LinkedHashMap<>();
        all.forEach(each -> work.putIfAbsent(each.id(), asPromised(each)));
        PromisedMachines few = new PromisedMachines(part, FEW).with(work.values());
        return few.homeless().isEmpty() || work.size() <= FEW
                ? few
                : new PromisedMachines(part, work.size()).with(work.values());
    }

    private PromisedMachines with(Collection<Workload> work) {
        placer.placeAll(work).forEach(this::settle);
        return this;
    }

    /** Without what no machine says of itself before it is there. */
    private static Workload asPromised(Workload work) {
        DeploymentName deployment = work.id().service().deployment();
        return work.using(Set.of())
                .needing(new Requirements(work.needs().all().stream()
                        .filter(need -> need instanceof DeviceClaim || need instanceof Cpu.Isa)
                        .toList()))
                .liking(work.affinities().stream()
                        .filter(affinity -> switch (affinity) {
                            case Affinity.AtSite _, Affinity.Away _ -> true;
                            case Affinity.Near near ->
                                near.service().deployment().equals(deployment);
                            case Affinity.Within _, Affinity.WithData _ -> false;
                        })
                        .toList());
    }

    private void settle(Decision decision) {
        switch (decision) {
            case Decision.Placed _, Decision.Unplaced _, Decision.Refused _ -> {}
            case Decision.Preempting(Decision.Placed _, List<Workload> ended) ->
                ended.forEach(work -> settle(placer.place(work)));
        }
    }

    /** The work that has no place. */
    List<Workload> homeless() {
        return placer.waiting();
    }

    /** Why it has none. */
    Explanation explain(Workload homeless) {
        return placer.explain(homeless);
    }

    /** What machines miss, the closest first, and of those of one kind that miss the same one. */
    List<Closest> closest(Explanation why) {
        return why.others().stream()
                .map(other -> new Closest(Objects.requireNonNull(kinds.get(other.node())), other.verdict()))
                .collect(Collectors.toMap(Closest::miss, each -> each, (first, _) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** What one of these machines misses. */
    record Closest(Machines kind, Explanation.Verdict verdict) {
        private List<Object> miss() {
            return List.of(kind, verdict instanceof Explanation.Unfit unfit ? unfit.requirement() : "");
        }

        @Override
        public String toString() {
            return "'%s' in '%s': %s".formatted(kind.name(), kind.failureDomain(), verdict);
        }
    }
}
