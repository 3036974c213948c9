// A service with a secret in its environment, where nothing keeps secrets.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Containers extends ContainerRuntime {}

    interface Both extends ContainerRuntime, SecretStore {}

    static <C extends Capability> Topology<C> at(Class<C> set) {
        return Topology.of(TopologyName.of("lab"), set, Site.of("basel"));
    }

    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    void declare() {
        Deployment.named(DeploymentName.of("web")).on(at(Containers.class)).runs(«WEB.secretEnv(EnvName.of("DB_PASSWORD"), SecretRef.of("db-password"))»); //! score secretEnv needs capability SecretStore, which topology Containers does not have
        //= Deployment.named(DeploymentName.of("web")).on(at(Both.class)).runs(WEB.secretEnv(EnvName.of("DB_PASSWORD"), SecretRef.of("db-password")));
    }
}
