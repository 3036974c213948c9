// A smoke test of a service as it was before its port was changed.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime {}

    static ContainerService web(ServiceName name, int port) {
        return ContainerService.named(name)
                .image(ImageReference.of("registry.example.org/web:1"))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var name = ServiceName.of("web"); //! service 'web' comes to nothing that its smoke test asks: HttpSmokeTest[service=web, scheme=HTTP, port=8081, path=/, contains=Welcome, timeout=PT2M]; ask it at a port that it publishes [smoke-test-asks-nothing]
        var old = web(name, 8081);
        var web = web(name, 8080);
        //= var web = old;
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(old, HttpPath.of("/"), "Welcome"));
    }
}
