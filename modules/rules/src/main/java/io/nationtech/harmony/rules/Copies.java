package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.hardware.Requirements;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The copies of one container that a score comes to, of whatever kind the score is.
 *
 * @param score what comes to them
 * @param name of the service: the score's, or that of one that runs together as it
 * @param workload of one of them; without needs where it runs together with what has them
 * @param count how many there are
 */
public record Copies(ServiceName score, ServiceName name, Container container, Workload workload, int count) {
    private record Alike(ServiceName service, ContainerName container) {}

    static Stream<Copies> of(Score<?> score, List<Task> tasks) {
        Map<Alike, Copies> found = new LinkedHashMap<>();
        for (Task task : tasks) {
            Container.among(task.resources().stream())
                    .forEach(container -> found.merge(
                            new Alike(task.workload().id().service().service(), container.name()),
                            new Copies(
                                    score.name(),
                                    name(score, task, container),
                                    container,
                                    workload(task, container),
                                    1),
                            (before, _) -> before.andOneMore()));
        }
        return found.values().stream();
    }

    private Copies andOneMore() {
        return new Copies(score, name, container, workload, count + 1);
    }

    /** What a task needs of its node is told once, of what it is about. */
    private static Workload workload(Task task, Container container) {
        return container.id().equals(task.about())
                ? task.workload()
                : task.workload().needing(Requirements.none());
    }

    private static ServiceName name(Score<?> score, Task task, Container container) {
        return score.members().stream()
                .<ServiceName>map(Score::name)
                .filter(member -> member.value().equals(container.name().value()))
                .findFirst()
                .orElse(task.workload().id().service().service());
    }

    /** At the node. */
    public Stream<NodePort> ports() {
        return container.network().ports().stream().map(PublishedPort::taken);
    }

    /** How many may be in one failure domain. */
    public int mostTogether() {
        return workload.spread().stream()
                .filter(over -> over.scope() == Scope.FAILURE_DOMAIN && over.strength() instanceof Strength.Required)
                .mapToInt(SpreadOver::most)
                .min()
                .orElse(count);
    }

    /** Those machines that have all that one of them needs; what nobody has is told by {@link HasNoPlace}. */
    public List<Machines> offering(List<Machines> machines) {
        return machines.stream()
                .filter(some -> workload.needs().all().stream()
                        .allMatch(need -> need.isMetBy(some.kind().hardware())))
                .toList();
    }

    /** What they need, for a sentence. */
    public String needs() {
        return String.join(
                " and ", workload.needs().all().stream().map(Object::toString).toList());
    }
}
