package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;

/** Services as tests need them. */
public final class Services {
    private Services() {}

    /** A service with so many replicas at port 8080. */
    public static ContainerService named(String name, int replicas) {
        return at(8080, name, replicas);
    }

    /** A service with so many replicas. */
    public static ContainerService at(int port, String name, int replicas) {
        return ContainerService.named(ServiceName.of(name))
                .image(ImageReference.of("registry.internal/%s:1".formatted(name)))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64))
                .replicas(Replicas.of(replicas));
    }
}
