// All of it is open, and it asks for a login.
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
        var guarded = Ingress.<Lab>of(HttpsUrl.of(DnsName.of("shop.home.example")), web).guardedBy(BasicLogin.of(SecretRef.of("shop-users")));
        var in = guarded.openAt(HttpPath.of("/"), Reason.of("the shop calls it")); //! '/' cannot be open while the rest asks for a login
        //= var in = guarded.openAt(HttpPath.of("/hook"), Reason.of("the shop calls it"));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .provenBy(LoginSmokeTest.of(in, HttpPath.of("/")));
    }
}
