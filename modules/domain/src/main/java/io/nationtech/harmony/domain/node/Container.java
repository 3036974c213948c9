package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import java.util.List;
import java.util.Optional;

/**
 * A container that runs for as long as its deployment wants it, and is started again when it ends.
 *
 * @param ports what is reachable through the node's address
 * @param probe how its health is told; without one, running is all that is known
 * @param memoryLimit above which the kernel ends it
 */
public record Container(
        ContainerName name,
        ImageReference image,
        List<PublishedPort> ports,
        Optional<HttpProbe> probe,
        Memory memoryLimit)
        implements NodeResource {
    public Container {
        ports = List.copyOf(ports);
    }

    @Override
    public String label() {
        return "container " + name;
    }
}
