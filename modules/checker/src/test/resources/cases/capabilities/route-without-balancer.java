// A route on a topology without a load balancer.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface HomeLab extends ContainerRuntime {} // what it has
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Route IN = Route.of(ServiceName.of("in"), Port.of(80), WEB);

    static final Topology<HomeLab> LAB = Topology.of(TopologyName.of("lab"), HomeLab.class, Site.of("basel"));
    static final Object WHOLE = Deployment.named(DeploymentName.of("x")).on(LAB).runs(WEB).runs(«IN»).provenBy(HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome")); //! score IN (Route) needs capability LoadBalancer, which topology HomeLab does not have
    //= static final Object WHOLE = Deployment.named(DeploymentName.of("x")).on(LAB).runs(WEB).provenBy(HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome"));
}
