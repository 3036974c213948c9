package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.BackupStore;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service keeps data of which no copies are made, on a topology that could keep some. */
record DataWithoutBackup() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.topology().capabilities().contains(CapabilityName.of(BackupStore.class))
                ? graph.scores().stream().flatMap(score -> findings(graph, score))
                : Stream.of();
    }

    private static Stream<Finding> findings(Graph graph, Score<?> score) {
        Set<DataName> saved = graph.tasks(score).stream()
                .map(Task::resources)
                .flatMap(resources -> resources.stream().flatMap(resource -> resource.saves().stream()))
                .collect(Collectors.toSet());
        return score.volumes().stream()
                .map(Volume::name)
                .filter(name -> !saved.contains(name))
                .map(name -> Finding.of(
                        "volume '%s' of service '%s' has no backup, and is lost with the disk of its node; say with(BackedUp.to(…)) after its volumes, or @Allow it where it can be made again"
                                .formatted(name, score.name()),
                        score.name()));
    }
}
