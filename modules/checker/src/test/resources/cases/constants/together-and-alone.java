// A database that is in a group and, by what was there before, still by itself.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final PrivateService DB = ContainerService.named(ServiceName.of("db"))
            .image(ImageReference.of("registry.example.org/db:1"))
            .publishesNothing()
            .probedBy(CommandProbe.postgres())
            .memoryLimit(Memory.mebibytes(512));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/web:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    interface Lab extends ContainerRuntime {}

    static final Deployment<Lab> SHOP = Deployment.named(DeploymentName.of("shop"))
            .on(Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")))
            .runs(DB).runs(Together.of(ServiceName.of("app"), DB, WEB)).provenBy(«HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome")»); //! deployment 'shop' has two scores named 'db'; give each a name of its own
    //= .runs(Together.of(ServiceName.of("app"), DB, WEB)).provenBy(HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome"));
}
