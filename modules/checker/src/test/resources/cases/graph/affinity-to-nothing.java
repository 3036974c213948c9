// A service beside a database that nobody runs.
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
        var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1").likes(new Affinity.Near(new ServiceRef(DeploymentName.of("shop"), ServiceName.of("bd")), Scope.SITE, Strength.required())); //! service 'api' is placed by service 'bd', which the deployment does not run [affinity-to-nothing]
        //= var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1").likes(new Affinity.Near(new ServiceRef(DeploymentName.of("shop"), ServiceName.of("db")), Scope.SITE, Strength.required()));
        var db = service(ServiceName.of("db"), 8082, "registry.example.org/db:1");
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .runs(db)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
