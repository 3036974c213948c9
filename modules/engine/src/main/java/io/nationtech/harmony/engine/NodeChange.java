package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What happens to one node's share.
 *
 * @param node as read when planning
 * @param renames what is the same under another name
 */
public record NodeChange(NodeStatus node, NodeSpec from, NodeSpec to, List<ResourceChange.Rename> renames) {
    public NodeChange {
        renames = List.copyOf(renames);
    }

    /** One in which everything keeps its name. */
    public NodeChange(NodeStatus node, NodeSpec from, NodeSpec to) {
        this(node, from, to, List.of());
    }

    static NodeChange of(NodeStatus node, NodeSpec from, NodeSpec to, Renames renames) {
        return new NodeChange(
                node,
                from,
                to,
                to.resources().stream()
                        .flatMap(wanted -> renames.origin(wanted, from.resources()).stream()
                                .map(old -> new ResourceChange.Rename(old, wanted)))
                        .toList());
    }

    /** The share's name in the graph. */
    public ResourceId id() {
        return id(node);
    }

    static ResourceId id(NodeStatus node) {
        return new ResourceId(
                NodeSpecDriver.KIND, ResourceName.of(node.info().id().value()));
    }

    /** The same by what is on the node, for people; resources are the same when their labels are. */
    public List<ResourceChange> details() {
        Map<String, NodeResource> now = byLabel(from);
        Map<String, NodeResource> later = byLabel(to);
        Map<String, ResourceChange.Rename> renamed =
                renames.stream().collect(Collectors.toMap(rename -> rename.to().label(), Function.identity()));
        renames.forEach(rename -> now.remove(rename.from().label()));
        List<ResourceChange> changes = new ArrayList<>();
        for (NodeResource wanted : to.resources()) {
            Optional.ofNullable(now.get(wanted.label()))
                    .ifPresentOrElse(
                            old -> {
                                if (!old.equals(wanted)) {
                                    changes.add(new ResourceChange.Update(old, wanted));
                                }
                            },
                            () -> changes.add(Optional.<ResourceChange>ofNullable(renamed.get(wanted.label()))
                                    .orElseGet(() -> new ResourceChange.Create(wanted))));
        }
        from.resources().stream()
                .filter(resource -> now.containsKey(resource.label()) && !later.containsKey(resource.label()))
                .map(ResourceChange.Delete::new)
                .forEach(changes::add);
        return List.copyOf(changes);
    }

    /** Whether something that runs is touched. */
    public boolean isDisruptive() {
        return details().stream().anyMatch(detail -> !(detail instanceof ResourceChange.Create));
    }

    private static Map<String, NodeResource> byLabel(NodeSpec share) {
        return share.resources().stream().collect(Collectors.toMap(NodeResource::label, Function.identity()));
    }
}
