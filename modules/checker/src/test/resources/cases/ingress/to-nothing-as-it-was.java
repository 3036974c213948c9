// A name for the service before it was changed.
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
        var old = service(ServiceName.of("web"), 8080); //! the other side of it [ingress-to-nothing]
        var web = old.replicas(Replicas.of(2));
        var in = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("shop.home.example")), old); //! https://shop.home.example leads to another version of service 'web' than the deployment runs; give the same score to both [ingress-to-nothing]
        //= var in = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("shop.home.example")), web);
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .provenBy(HttpsSmokeTest.of(in, HttpPath.of("/"), "Welcome"));
    }
}
