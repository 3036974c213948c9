package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What there is, sorted for people. */
final class Observation {
    private Observation() {}

    /** By deployment, in the order of names, with those for which an image is on its way. */
    static Map<DeploymentName, List<ContainerStatus>> of(
            Map<UnitName, ContainerStatus> seen, Map<UnitName, ImageReference> pulling) {
        Map<UnitName, ContainerStatus> all = new HashMap<>(seen);
        pulling.forEach((container, image) -> all.merge(
                container, ContainerStatus.awaiting(container.container(), image), (known, _) -> known.pulling(image)));
        Map<DeploymentName, List<ContainerStatus>> sorted = new TreeMap<>();
        all.forEach((container, status) -> sorted.computeIfAbsent(container.deployment(), _ -> new ArrayList<>())
                .add(status));
        sorted.values().forEach(statuses -> statuses.sort(Comparator.comparing(ContainerStatus::name)));
        return sorted;
    }
}
