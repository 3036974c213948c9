package io.nationtech.harmony.docker.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerSocketTest {
    private static final ContainerService DASHBOARD = ContainerService.named(ServiceName.of("dashboard"))
            .image(ImageReference.of("registry.example.org/dashboard:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .replicas(Replicas.of(2));

    private static List<Task> tasks(Score<?> score) {
        return switch (score.expand(DeploymentName.of("home"), new Inventory(List.of()))) {
            case Expansion.Runs(List<Task> tasks) -> tasks;
            case Expansion.Impossible(var cause) -> throw new AssertionError(cause);
        };
    }

    @Test
    void eachReplicaHasTheSocketWhereProgramsLookForItAndItsNodeHasWhatAnswers() {
        DockerSocket socket = DockerSocket.control(Reason.of("it makes containers anew"));

        List<Task> tasks = tasks(DASHBOARD.with(socket));

        assertEquals(2, tasks.size());
        for (Task task : tasks) {
            DockerEndpoint endpoint = (DockerEndpoint) task.resources().getLast();
            assertEquals(socket.access(), endpoint.access());
            assertEquals(
                    List.of(new MountedFile(endpoint.id(), DockerSocket.AT)),
                    Container.among(task.resources().stream())
                            .flatMap(container -> container.storage().files().stream())
                            .toList());
        }
    }

    @Test
    void oneContainerHasOneSocket() {
        InvalidValueException twice = assertThrows(
                InvalidValueException.class,
                () -> DASHBOARD.with(DockerSocket.listing()).with(DockerSocket.control(Reason.of("it updates"))));

        assertTrue(twice.getMessage().contains("/var/run/docker.sock"), twice::getMessage);
    }
}
