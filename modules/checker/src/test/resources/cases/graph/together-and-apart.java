// One must be beside the other, which must be far from it.
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
        var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1").likes(new Affinity.Near(new ServiceRef(DeploymentName.of("shop"), ServiceName.of("db")), Scope.NODE, Strength.required())); //! service 'api' must be near 'db', which must be apart from it; drop one of the two [together-and-apart]
        //= var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1");
        var db = service(ServiceName.of("db"), 8082, "registry.example.org/db:1").likes(new Affinity.Away(new ServiceRef(DeploymentName.of("shop"), ServiceName.of("api")), Scope.SITE, Strength.required()));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .runs(db)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
