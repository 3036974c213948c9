// A service that goes through a VPN that runs by itself, on whichever node.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, VolumeStore {}

    static PrivateService db(ServiceName name) {
        return ContainerService.named(name)
                .image(ImageReference.of("registry.example.org/db:1"))
                .publishesNothing()
                .probedBy(CommandProbe.postgres())
                .memoryLimit(Memory.mebibytes(512));
    }

    static ContainerService web(ServiceName name, int port) {
        return ContainerService.named(name)
                .image(ImageReference.of("registry.example.org/web:1"))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var web = web(ServiceName.of("web"), 8080); //! the other side of it [host-not-together]
        var db = db(ServiceName.of("db")).through(web); //! service 'db' is told the host name of service 'web', waits for it or goes through it, and the two do not run together: name both in one Together.of(…), or tell it the address of a node [host-not-together]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web).runs(db)
                //= .runs(Together.of(ServiceName.of("app"), db, web))
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
