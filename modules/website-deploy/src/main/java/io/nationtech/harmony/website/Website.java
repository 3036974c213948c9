package io.nationtech.harmony.website;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;

/** A web site at home, on two nodes, proven by its page. */
public final class Website implements DeploymentModule {

    /** What every node at home can do. */
    interface HomeLab extends ContainerRuntime {}

    @Override
    public Deployment<HomeLab> deployment() {
        var home = Topology.of(TopologyName.of("home-lab"), HomeLab.class, Site.of("home"));
        var web = ContainerService.named(ServiceName.of("web"))
                .image(ImageReference.of("registry.internal/website:1"))
                .publishes(Port.of(8080))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64))
                .replicas(Replicas.of(2));
        return Deployment.named(DeploymentName.of("website"))
                .on(home)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Hello from your own hardware"));
    }
}
