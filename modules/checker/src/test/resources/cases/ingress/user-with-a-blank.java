// Somebody logs in by two words.
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
        var user = LoginName.of("ada lovelace"); //! 'ada lovelace' is not a name to log in by
        //= var user = LoginName.of("ada.lovelace");
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .provenBy(LoginSmokeTest.of(in, HttpPath.of("/")).enters(user, SecretRef.of("shop-ada"), "Welcome"));
    }
}
