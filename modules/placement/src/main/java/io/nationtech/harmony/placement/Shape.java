package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Requirements;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Packing;
import io.nationtech.harmony.domain.placement.Taint;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.List;
import java.util.Set;

/**
 * All of a workload that decides how good a node is, whatever else is placed where. Workloads of one shape share their candidates: the
 * copies of a service, and services of one make.
 *
 * @param places the affinities to sites and data
 */
record Shape(
        Demand demand,
        Requirements needs,
        Packing packing,
        List<Affinity> places,
        Set<Taint> tolerates,
        Set<NodePort> ports,
        Set<NodePort> sharedPorts,
        Set<ShareName> shares,
        Opening opening) {

    static Shape of(Workload workload, Opening opening) {
        List<Affinity> places = workload.affinities().isEmpty()
                ? List.of()
                : workload.affinities().stream().filter(Shape::isOfPlaces).toList();
        return new Shape(
                workload.demand(),
                workload.needs(),
                workload.packing(),
                places,
                workload.tolerates(),
                workload.ports(),
                workload.sharedPorts(),
                workload.shares(),
                opening);
    }

    private static boolean isOfPlaces(Affinity affinity) {
        return switch (affinity) {
            case Affinity.Near _, Affinity.Away _ -> false;
            case Affinity.AtSite _, Affinity.Within _, Affinity.WithData _ -> true;
        };
    }
}
