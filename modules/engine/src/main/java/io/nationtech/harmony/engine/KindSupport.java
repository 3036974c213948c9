package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.form.RecordForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether the agents of nodes know what these would be told: asked before anything is written. */
final class KindSupport {
    private KindSupport() {}

    private record Needed(KindName kind, int version) implements Comparable<Needed> {
        @Override
        public int compareTo(Needed other) {
            int order = kind.compareTo(other.kind);
            return order != 0 ? order : Integer.compare(version, other.version);
        }
    }

    /**
     * The nodes, by name, whose agents do not know a kind of resource or what is new in it. One that does not say what it knows is not
     * held back: it refuses by itself.
     */
    static Optional<Cause> missing(DeploymentName deployment, List<Placement> placements, Inventory inventory) {
        Map<NodeId, NodeInfo> nodes = inventory.nodes().stream()
                .map(NodeStatus::info)
                .collect(Collectors.toMap(NodeInfo::id, Function.identity()));
        SortedMap<Needed, SortedSet<NodeId>> missing = new TreeMap<>();
        for (Placement placement : placements) {
            NodeInfo node = nodes.get(placement.node());
            if (node != null && !node.agent().kinds().isEmpty()) {
                placement.resources().stream()
                        .map(KindSupport::needed)
                        .filter(needed -> node.agent().kinds().getOrDefault(needed.kind(), 0) < needed.version())
                        .forEach(needed -> missing.computeIfAbsent(needed, _ -> new TreeSet<>())
                                .add(node.id()));
            }
        }
        return missing.entrySet().stream()
                .findFirst()
                .map(first -> cause(deployment, first.getKey(), List.copyOf(first.getValue())));
    }

    private static Needed needed(NodeResource resource) {
        return new Needed(resource.id().kind(), version(resource));
    }

    @SuppressWarnings("unchecked") // A resource's class has the form of its resources.
    private static int version(NodeResource resource) {
        return ((RecordForm<NodeResource>) RecordForm.of(resource.getClass())).versionNeeded(resource);
    }

    private static Cause cause(DeploymentName deployment, Needed needed, List<NodeId> nodes) {
        String names = nodes.stream().map(NodeId::value).collect(Collectors.joining(", "));
        String what = needed.version() == 1 ? "" : " in version %d of its form".formatted(needed.version());
        return new Cause(
                "the agents of %d nodes do not know resource kind '%s'%s: %s"
                        .formatted(nodes.size(), needed.kind(), what, names),
                "deployment '%s'".formatted(deployment),
                "update the agents there, or take out of the deployment what needs it; nothing was changed");
    }
}
