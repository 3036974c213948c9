// A guarded name for a service that is not run.
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
        var api = service(ServiceName.of("api"), 8081); //! the other side of it [ingress-to-nothing]
        var open = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("shop.home.example")), api); //! https://shop.home.example leads to service 'api', which the deployment does not run; add it by runs(…) [ingress-to-nothing]
        //= var open = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("shop.home.example")), web);
        var in = open.guardedBy(BasicLogin.of(SecretRef.of("shop-users")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .provenBy(LoginSmokeTest.of(in, HttpPath.of("/")));
    }
}
