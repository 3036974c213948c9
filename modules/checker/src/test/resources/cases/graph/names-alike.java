// Names that look the same at night.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime {}

    static ContainerService service(ServiceName name, int port, String image) {
        return ContainerService.named(name)
                .image(ImageReference.of(image))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var web = service(ServiceName.of("web-1"), 8080, "registry.example.org/web-1:1"); //! services 'web-1' and 'webl' are easily mistaken for each other (0/o, 1/l/i); rename one [names-alike]
        var api = service(ServiceName.of("webl"), 8081, "registry.example.org/webl:1"); //! the other side of it [names-alike]
        //= var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1");
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
