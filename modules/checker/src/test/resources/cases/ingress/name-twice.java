// One name for two services.
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
        var web = service(ServiceName.of("web"), 8080);
        var api = service(ServiceName.of("api"), 8081);
        var in = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("shop.home.example")), web); //! https://shop.home.example leads to service 'web' and to service 'api'; give one another name [ingress-name-twice]
        var other = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("SHOP.home.example")), api).named(ServiceName.of("api-in"));
        //= var other = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("api.home.example")), api).named(ServiceName.of("api-in"));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .runs(in)
                .runs(other)
                .provenBy(HttpsSmokeTest.of(in, HttpPath.of("/"), "Welcome"));
    }
}
