// A name for a port that is reached from its own node alone.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.ingress;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, TlsRouter, SecretStore {}

    static ContainerService service(ServiceName name, int port) {
        return ContainerService.named(name)
                .image(ImageReference.of("registry.example.org/site:1"))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64));
    }

    @Override
    public Deployment<?> deployment() {
        var web = ContainerService.named(ServiceName.of("web"))
                .image(ImageReference.of("registry.example.org/site:1"))
                .publishes(PublishedPort.tcp(Port.of(8080)).onNodeOnly())
                //= .publishes(PublishedPort.tcp(Port.of(8080)))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64));
        var in = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("shop.home.example")), web); //! https://shop.home.example cannot lead to service 'web', whose port 8080 is reached from its own node alone; publish one that others reach first
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .provenBy(HttpsSmokeTest.of(in, HttpPath.of("/"), "Welcome"));
    }
}
