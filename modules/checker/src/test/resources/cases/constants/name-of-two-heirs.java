// A service takes over the name of one that is still there.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1");
        var shop = service(ServiceName.of("shop"), 8081, "registry.example.org/shop:1").previously(ServiceName.of("web"));
        //= var shop = service(ServiceName.of("shop"), 8081, "registry.example.org/shop:1").previously(ServiceName.of("store"));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(shop)
                .provenBy(«HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome")»); //! score 'shop' of deployment 'shop' was 'web' previously, but that name belongs to score 'web'; one of the two must let it go
    }
}
