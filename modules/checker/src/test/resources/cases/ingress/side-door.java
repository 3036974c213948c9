// What asks for a login at one name is open at another.
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
        var in = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("shop.home.example")), web).guardedBy(BasicLogin.of(SecretRef.of("shop-users")));
        var door = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("old.home.example")), web); //! service 'web' asks for a login at https://shop.home.example and nobody at https://old.home.example; guard both, or let one go [ingress-side-door]
        //= var door = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("old.home.example")), web).guardedBy(BasicLogin.of(SecretRef.of("shop-users")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .runs(door)
                .provenBy(LoginSmokeTest.of(in, HttpPath.of("/")));
    }
}
