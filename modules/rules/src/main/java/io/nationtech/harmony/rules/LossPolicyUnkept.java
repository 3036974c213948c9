package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.placement.UnkeptPolicy;
import java.util.stream.Stream;

/** What a service says of the loss of its node would not be kept, so that every plan refuses it. */
record LossPolicyUnkept() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.scores().stream()
                .flatMap(
                        score -> graph.tasks(score).stream().map(Task::workload).limit(1))
                .flatMap(
                        work -> UnkeptPolicy.of(work, graph.topology()).stream().map(cause -> told(work, cause)));
    }

    private static Finding told(Workload work, Cause cause) {
        ServiceName service = work.id().service().service();
        return Finding.of("%s; %s".formatted(cause.what(), cause.next()), service);
    }
}
