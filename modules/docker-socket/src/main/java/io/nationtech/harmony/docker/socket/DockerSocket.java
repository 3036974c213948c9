package io.nationtech.harmony.docker.socket;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.score.Extension;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.List;

/**
 * The socket {@code /var/run/docker.sock} in a score's containers, where its node's engine answers: {@code
 * dashboard.with(DockerSocket.listing())}. It outlives the node's agent; where it is made anew, so are the containers.
 */
public record DockerSocket(DockerAccess access) implements Extension<DockerApi> {
    /** Where programs look for it. */
    public static final MountPath AT = MountPath.of("/var/run/docker.sock");

    /** One that answers what runs, and changes nothing: {@link DockerAccess.Listing}. */
    public static DockerSocket listing() {
        return new DockerSocket(new DockerAccess.Listing());
    }

    /** One that does everything, for what updates or makes containers; who has it is its node's root: {@link DockerAccess.Control}. */
    public static DockerSocket control(Reason because) {
        return new DockerSocket(new DockerAccess.Control(because));
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        DockerEndpoint endpoint = new DockerEndpoint(ResourceName.of(base.name().value()), access);
        return new Expansion.Runs(
                tasks.stream().map(task -> having(base, task, endpoint)).toList());
    }

    private static Task having(Score<?> base, Task task, DockerEndpoint endpoint) {
        if (task.resources().stream().anyMatch(DockerEndpoint.class::isInstance)) {
            throw new InvalidValueException(
                            "score '%s' has %s already; say once what may be asked there".formatted(base.name(), AT))
                    .about(base);
        }
        MountedFile mounted = new MountedFile(endpoint.id(), AT);
        return task.containers(
                        base,
                        AT.toString(),
                        container -> container.with(container.storage().mounting(mounted)))
                .and(endpoint);
    }
}
