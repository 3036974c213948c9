// A worker in a group of its own that is told the address of another group's database.
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
        var db = db(ServiceName.of("db")); //! the other side of it [host-not-together]
        var web = web(ServiceName.of("web"), 8080).env(EnvName.of("DB_HOST"), db.host());
        var queue = db(ServiceName.of("queue"));
        var worker = db(ServiceName.of("worker")).env(EnvName.of("DB"), db.address(Port.of(5432)).after("postgres://").before("/app")); //! service 'worker' is told the host name of service 'db', waits for it or goes through it, and the two do not run together: name both in one Together.of(…), or tell it the address of a node [host-not-together]
        //= var worker = db(ServiceName.of("worker")).env(EnvName.of("QUEUE"), queue.address(Port.of(5672)).after("amqp://"));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(Together.of(ServiceName.of("app"), web, db))
                .runs(Together.of(ServiceName.of("work"), queue, worker))
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
