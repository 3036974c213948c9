package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A smoke test asks none of the tasks of its service, as at a port that the service does not publish. */
record SmokeTestAsksNothing() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<ServiceName, Score<?>> scores = new HashMap<>();
        graph.scores().forEach(score -> score.withMembers().forEach(one -> scores.put(one.name(), score)));
        return graph.smokeTests().stream()
                .flatMap(test -> Optional.ofNullable(scores.get(test.service())).stream()
                        .flatMap(score -> of(test, graph.tasks(score))));
    }

    /** A score that comes to nothing without nodes is left to planning. */
    private static Stream<Finding> of(SmokeTest test, List<Task> tasks) {
        return tasks.isEmpty() || tasks.stream().anyMatch(test::asks)
                ? Stream.empty()
                : Stream.of(Finding.of(
                        "service '%s' comes to nothing that its smoke test asks: %s; ask it at a port that it publishes"
                                .formatted(test.service(), test),
                        test.service()));
    }
}
