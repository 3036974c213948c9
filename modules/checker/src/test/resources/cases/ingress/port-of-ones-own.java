// A service that publishes the port that its own URL names.
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
        var web = service(ServiceName.of("web"), 8443); //! service 'web' publishes port 8443 of its nodes, where https://shop.home.example:8443 is answered; publish another: people reach the service by its name [ingress-port-taken]
        //= var web = service(ServiceName.of("web"), 8080);
        var in = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("shop.home.example"), Port.of(8443)), web); //! the other side of it [ingress-port-taken]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .provenBy(HttpsSmokeTest.of(in, HttpPath.of("/"), "Welcome"));
    }
}
