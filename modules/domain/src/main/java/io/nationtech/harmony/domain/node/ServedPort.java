package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A TCP port of a service's replica that takes connections from the whole site: the replica runs, and its probe has nothing against it.
 *
 * @param port at which the replica listens in its container
 * @param node at which its node passes that on
 */
public record ServedPort(ServiceName service, Port port, Port node) {

    /**
     * Those of what a node is told to have.
     *
     * @param wanted of one deployment
     * @param there how it is on the node
     */
    public static List<ServedPort> of(List<NodeResource> wanted, List<ResourceStatus> there) {
        Map<ResourceId, ResourceStatus> byId =
                there.stream().collect(Collectors.toMap(ResourceStatus::id, Function.identity(), (one, _) -> one));
        return Container.among(wanted.stream())
                .filter(container -> Optional.ofNullable(byId.get(container.id()))
                        .filter(status -> isReady(container, status))
                        .isPresent())
                .flatMap(ServedPort::of)
                .toList();
    }

    private static boolean isReady(Container container, ResourceStatus status) {
        return status.phase() == ResourceStatus.Phase.RUNNING
                && (container.healthCheck().probe().isEmpty() || status.health() == ResourceStatus.Health.HEALTHY);
    }

    private static Stream<ServedPort> of(Container container) {
        return container.service().stream()
                .flatMap(service -> container.network().ports().stream()
                        .filter(PublishedPort::isReachedByTcp)
                        .map(port -> new ServedPort(service, port.container(), port.node())));
    }
}
