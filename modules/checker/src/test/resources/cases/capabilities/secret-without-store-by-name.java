// The same, where the score was kept in a variable.
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
        var reading = WEB.secrets(SecretRef.of("db-password"));
        Deployment.named(DeploymentName.of("web")).on(at(Containers.class)).runs(«reading»); //! score reading (Extended) needs capability SecretStore, which topology Containers does not have
        //= Deployment.named(DeploymentName.of("web")).on(at(Both.class)).runs(reading);
    }
}
