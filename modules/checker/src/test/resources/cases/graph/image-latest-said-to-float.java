// latest, said to be meant, and not allowed.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime {}

    static ContainerService service(ServiceName name, int port, ImageReference image) {
        return ContainerService.named(name)
                .image(image)
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var web = service(ServiceName.of("web"), 8080, ImageReference.of("registry.example.org/web:1"));
        var api = service(ServiceName.of("api"), 8081, ImageReference.floating("registry.example.org/api:latest")); //! image 'registry.example.org/api:latest' of service 'api' floats: its tag has no number and so names a channel; name a version or a digest, or @Allow it [image-floats]
        //= var api = service(ServiceName.of("api"), 8081, ImageReference.of("registry.example.org/api:1.4-slim"));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
