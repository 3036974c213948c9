// A password within an address, in every plan.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, SecretStore {}

    static ContainerService service(ServiceName name, int port) {
        return ContainerService.named(name)
                .image(ImageReference.of("registry.example.org/web:1"))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var web = service(ServiceName.of("web"), 8080)
                .env(EnvName.of("ALLOW_EMPTY_PASSWORD"), EnvText.of("yes"))
                .env(EnvName.of("TLS_SECRET"), EnvText.of("/run/secrets/tls"))
                .env(EnvName.of("HOME_URL"), EnvText.of("https://example.org:8443/a@b"));
        var api = service(ServiceName.of("api"), 8081).env(EnvName.of("DATABASE_URL"), EnvText.of("postgres://app:hunter2@db.example.org/shop")); //! variable DATABASE_URL of service 'api' has a secret as plain text, which plans show and everybody on the node may read; put it into the store and name it by secretEnv(…), or @Allow it [secret-as-text]
        //= var api = service(ServiceName.of("api"), 8081).secretEnv(EnvName.of("DATABASE_URL"), SecretText.of(EnvText.of("postgres://app:")).inUrl(SecretRef.of("db-password")).and(EnvText.of("@db.example.org/shop")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
