package io.nationtech.harmony.borrowed.data;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.stream.Stream;

/**
 * A volume that other deployments may read and write: {@code OfferedVolume.of(DOWNLOADS, LIBRARY)}, a constant of the module that deploys its owner. Who
 * uses it requires that module, and says {@link Borrows}.
 *
 * @param service that keeps it, by which its users find the node
 */
public record OfferedVolume(DeploymentName deployment, ServiceName service, DataName volume) {

    /**
     * A volume that a service of a deployment keeps.
     *
     * @param owner which runs that service
     * @throws InvalidValueException when no service of it keeps such a volume
     */
    public static OfferedVolume of(Deployment<?> owner, DataName volume) {
        return containers(owner)
                .filter(container -> container.claim().volumes().contains(volume))
                .flatMap(container -> container.service().stream())
                .findFirst()
                .map(service -> new OfferedVolume(owner.name(), service, volume))
                .orElseThrow(() -> new InvalidValueException(
                                "no service of deployment '%s' keeps volume '%s', so nobody can borrow it; it keeps %s"
                                        .formatted(owner.name(), volume, kept(owner)))
                        .about(volume));
    }

    private static Stream<Container> containers(Deployment<?> owner) {
        return owner.scores().stream()
                .flatMap(score -> owner.tasks(score).stream())
                .flatMap(task -> Container.among(task.resources().stream()));
    }

    private static String kept(Deployment<?> owner) {
        return containers(owner)
                .flatMap(container -> container.claim().volumes().stream())
                .distinct()
                .sorted()
                .toList()
                .toString();
    }

    /** Next to which its users run. */
    ServiceRef keeper() {
        return new ServiceRef(deployment, service);
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(volume, deployment);
    }
}
