package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One copy on every node that has what the score needs, also on those that join later: whoever deploys or operates next gives it to
 * them. A copy stays with its node. A node that is lost, or that somebody works on, gets none that it has not.
 */
public record EveryNode() implements Extension<ContainerRuntime> {

    /** Of nodes nothing is known while a deployment is declared and checked: one copy stands for all then. */
    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        if (tasks.size() != 1) {
            throw new InvalidValueException(
                            "score '%s' has %d copies, and shall be on every node; leave its replicas out"
                                    .formatted(base.name(), tasks.size()))
                    .about(base);
        }
        Task task = tasks.getFirst();
        int nodes = (int) inventory.nodes().stream()
                .filter(node -> has(node, task) || (isOpen(node) && suits(node, task)))
                .count();
        return new Expansion.Runs(IntStream.range(0, inventory.nodes().isEmpty() ? 1 : nodes)
                .mapToObj(copy -> copy(task, copy))
                .toList());
    }

    private static Task copy(Task one, int number) {
        return one.with(one.workload().copy(number).onLoss(new LossPolicy.Stays()))
                .with(one.resources().stream()
                        .<NodeResource>map(resource ->
                                resource instanceof Container container ? container.replica(number) : resource)
                        .toList());
    }

    private static boolean has(NodeStatus node, Task task) {
        return Optional.ofNullable(
                        node.desired().get(task.workload().id().service().deployment()))
                .filter(told -> told.value().resources().stream()
                        .anyMatch(resource -> resource.id().equals(task.main().id())))
                .isPresent();
    }

    private static boolean isOpen(NodeStatus node) {
        return node.isAlive() && node.maintenance().isEmpty();
    }

    private static boolean suits(NodeStatus node, Task task) {
        return node.info().agent().capabilities().contains(CapabilityName.of(ContainerRuntime.class))
                && node.info().machine().shares().containsAll(task.workload().shares())
                && task.workload().needs().all().stream().allMatch(need -> need.isMetBy(node.knownHardware()));
    }
}
