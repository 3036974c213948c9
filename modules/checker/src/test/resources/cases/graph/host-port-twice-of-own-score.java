// A port taken again within a score of one's own kind.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1"); //! 'web' and 'posts' both listen at port 8080 of their nodes, and may meet on one; give one another port [host-port-twice]
        var blog = new Blog(ServiceName.of("blog"), service(ServiceName.of("posts"), 8080, "registry.example.org/blog:1")); //! the other side of it [host-port-twice]
        //= var blog = new Blog(ServiceName.of("blog"), service(ServiceName.of("posts"), 8081, "registry.example.org/blog:1"));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(blog)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
