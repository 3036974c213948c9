// A login at a registry, where no node has secrets.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime {}

    interface Home extends ContainerRuntime, SecretStore {}

    static <C extends Capability> Topology<C> at(Class<C> set) {
        return Topology.of(TopologyName.of("lab"), set, Site.of("basel"));
    }

    static final DeploymentName SHOP = DeploymentName.of("shop");
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final RegistryLogin LOGIN = RegistryLogin.of(RegistryHost.of("registry.example.org"), SecretRef.of("registry"));
    void declare() {
        Deployment.named(SHOP).on(at(Lab.class)).runs(«WEB.with(LOGIN)»); //! score with needs capability SecretStore, which topology Lab does not have
        //= Deployment.named(SHOP).on(at(Home.class)).runs(WEB.with(LOGIN));
    }
}
