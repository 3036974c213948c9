package org.example.cameras;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.stream.Stream;

/** What a camera sees, as a page. */
public record CameraFeed<C extends ContainerRuntime & Camera>(CameraName camera, ContainerService viewer)
        implements Score<C> {
    public static <C extends ContainerRuntime & Camera> CameraFeed<C> of(CameraName camera, ContainerService viewer) {
        return new CameraFeed<>(camera, viewer);
    }

    @Override
    public ServiceName name() {
        return viewer.name();
    }

    @Override
    public List<Score<?>> madeOf() {
        return List.of(viewer);
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return switch (viewer.expand(deployment, inventory)) {
            case Expansion.Runs(List<Task> tasks) ->
                new Expansion.Runs(tasks.stream().map(this::masked).toList());
            case Expansion.Impossible impossible -> impossible;
        };
    }

    private Task masked(Task task) {
        Mask mask = new Mask(ResourceName.of(name() + "-mask"), "left third");
        return new Task(
                task.workload(),
                Stream.concat(task.resources().stream(), Stream.of(mask)).toList());
    }
}
