package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.placement.Workload;
import java.util.stream.Collectors;

/**
 * One thing that runs on one node. The workload says what node that must be: it takes the ports that the container publishes, and the
 * container is told to keep what the workload demands. Which of the node's devices it gets is added when the node is known.
 */
public record Task(Workload workload, Container container) {
    public Task {
        container = container.reserving(workload.demand());
        workload = workload.publishing(
                container.ports().stream().map(PublishedPort::node).collect(Collectors.toUnmodifiableSet()));
    }
}
