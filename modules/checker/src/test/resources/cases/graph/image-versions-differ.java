// One half was upgraded.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org:5000/site:1"); //! services 'web' and 'api' run one image at two versions: registry.example.org:5000/site:1 and registry.example.org:5000/site:2; make it one, or @Allow it [image-versions-differ]
        var api = service(ServiceName.of("api"), 8081, "registry.example.org:5000/site:2"); //! the other side of it [image-versions-differ]
        //= var api = service(ServiceName.of("api"), 8081, "registry.example.org:5000/site:1");
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
