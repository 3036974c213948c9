package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What runs together on one node. The workload says what node that must be: it demands the room, takes the ports and uses the shares
 * that the resources claim.
 *
 * @param resources at least one, in the order in which a node is to make those of one kind
 * @param about the one that the workload is about: it gets the devices, once the node is known
 */
public record Task(Workload workload, List<NodeResource> resources, ResourceId about) {
    public Task {
        resources = List.copyOf(resources);
        ResourceId main = about;
        if (resources.stream().noneMatch(resource -> resource.id().equals(main))) {
            throw new InvalidValueException(
                    "task %s is about %s, which is none of its resources".formatted(workload.id(), about));
        }
        Claim claim = Claim.of(resources);
        if (claim.cpuMillis() > 0 && claim.memory() > 0) {
            workload = workload.demanding(claim.demand());
        }
        workload = workload.publishing(claim.ports())
                .sharingPorts(claim.sharedPorts())
                .using(claim.shares());
    }

    /** One that is about the first of its resources. */
    public Task(Workload workload, List<NodeResource> resources) {
        this(workload, resources, first(workload, resources));
    }

    private static ResourceId first(Workload workload, List<NodeResource> resources) {
        if (resources.isEmpty()) {
            throw new InvalidValueException(
                    "task %s has no resource; a score that runs nothing expands to no task".formatted(workload.id()));
        }
        return resources.getFirst().id();
    }

    /** One of these resources. */
    public static Task of(Workload workload, NodeResource first, NodeResource... others) {
        return new Task(
                workload, Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    /** What the workload is about. */
    public NodeResource main() {
        return resources.stream()
                .filter(resource -> resource.id().equals(about))
                .findFirst()
                .orElseThrow();
    }

    /** The same, to be placed otherwise. */
    public Task with(Workload other) {
        return new Task(other, resources, about);
    }

    /** The same, with other resources, of which one still has the id of what it is about. */
    public Task with(List<NodeResource> others) {
        return new Task(workload, others, about);
    }

    /** The same, with one resource more. */
    public Task and(NodeResource another) {
        return with(Stream.concat(resources.stream(), Stream.of(another)).toList());
    }

    /**
     * The same, with all its containers changed.
     *
     * @param score what it comes of
     * @param what they have by that, for people, as in {@code secrets}
     * @throws InvalidValueException when it has none
     */
    public Task containers(Score<?> score, String what, UnaryOperator<Container> change) {
        if (Container.among(resources.stream()).findAny().isEmpty()) {
            throw new InvalidValueException("score '%s' runs no container that could have %s: %s"
                    .formatted(score.name(), what, main().label()));
        }
        return with(resources.stream()
                .<NodeResource>map(
                        resource -> resource instanceof Container container ? change.apply(container) : resource)
                .toList());
    }
}
