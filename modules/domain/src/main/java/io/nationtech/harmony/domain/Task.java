package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What runs together on one node. The workload says what node that must be: it demands the room and takes the ports that the resources
 * claim.
 *
 * @param resources at least one; the first is what the workload is about: by its id the task is found again on nodes, and it gets the
 *     devices, once the node is known
 */
public record Task(Workload workload, List<NodeResource> resources) {
    public Task {
        resources = List.copyOf(resources);
        if (resources.isEmpty()) {
            throw new InvalidValueException(
                    "task %s has no resource; a score that runs nothing expands to no task".formatted(workload.id()));
        }
        Claim claim = Claim.of(resources);
        if (claim.cpuMillis() > 0 && claim.memory() > 0) {
            workload = workload.demanding(claim.demand());
        }
        workload = workload.publishing(claim.ports());
    }

    /** One of these resources. */
    public static Task of(Workload workload, NodeResource first, NodeResource... others) {
        return new Task(
                workload, Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    /** What the workload is about. */
    public NodeResource main() {
        return resources.getFirst();
    }
}
