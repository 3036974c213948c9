package org.example.watch;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import org.example.cameras.Camera;
import org.example.cameras.CameraFeed;
import org.example.cameras.CameraName;
import org.example.cameras.Prompt;
import org.example.cameras.Sees;
import org.example.cameras.Spare;

/** Who is at the door, and who in the yard. */
public final class Watch implements DeploymentModule {
    interface Rooms extends ContainerRuntime, Camera {}

    /** What either place has that can be failed over, written by hand. */
    interface Either extends ContainerRuntime, Camera {}

    @Override
    public Deployment<Either> deployment() {
        var home = Topology.of(TopologyName.of("home"), Rooms.class, Site.of("home"));
        var garage = Topology.of(TopologyName.of("garage"), Rooms.class, Site.of("garage"));
        var either = new Spare<>(TopologyName.of("either"), Either.class, home, garage);
        var door = CameraFeed.of(CameraName.of("door"), viewer(ServiceName.of("door"), 18_081));
        var yard = CameraFeed.of(CameraName.of("yard"), viewer(ServiceName.of("yard"), 18_082));
        return Deployment.named(DeploymentName.of("watch"))
                .on(either)
                .runs(door.with(new Prompt()))
                .runs(yard)
                .provenBy(Sees.of(door, "Welcome"), Sees.of(yard, "Welcome"));
    }

    private static ContainerService viewer(ServiceName name, int port) {
        return ContainerService.named(name)
                .image(ImageReference.of("registry.internal/web:1"))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64));
    }
}
