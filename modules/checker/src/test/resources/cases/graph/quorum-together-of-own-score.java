// A quorum within a score of one's own kind, all behind one circuit breaker.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime {}

    /** A kind of score of one's own. */
    record Blog(ServiceName name, Score<ContainerRuntime> inner) implements Score<ContainerRuntime> {
        @Override
        public Expansion expand(DeploymentName deployment, Inventory inventory) {
            return inner.expand(deployment, inventory);
        }
    }

    static ContainerService service(ServiceName name, int port, String image) {
        return ContainerService.named(name)
                .image(ImageReference.of(image))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1");
        var blog = new Blog(ServiceName.of("blog"), Quorum.of(service(ServiceName.of("posts"), 8081, "registry.example.org/blog:1").replicas(Replicas.of(3)))); //! quorum 'posts' of 3 replicas loses its majority with one failure domain of topology 'lab', which has 1 [quorum-together]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(5), Memory.gibibytes(8), Lab.class)); //! the other side of it [quorum-together]
        //= var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(5), Memory.gibibytes(8), Lab.class), new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("attic"), MachineCount.of(5), Memory.gibibytes(8), Lab.class), new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("cellar"), MachineCount.of(5), Memory.gibibytes(8), Lab.class));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(blog)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
