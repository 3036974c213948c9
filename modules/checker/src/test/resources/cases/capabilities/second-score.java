// The first score fits, the second does not.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Containers extends ContainerRuntime {}

    interface Names extends DnsServer {}

    interface Both extends DnsServer, SecretStore {}

    record Zone<C extends DnsServer & SecretStore>(ServiceName name) implements Score<C> {
        @Override
        public Expansion expand(DeploymentName deployment, Inventory inventory) {
            return new Expansion.Runs(List.of());
        }
    }

    static <C extends DnsServer & SecretStore> Score<C> zone(String name) {
        return new Zone<>(ServiceName.of(name));
    }

    static <C extends Capability> Topology<C> at(Class<C> set) {
        return Topology.of(TopologyName.of("lab"), set, Site.of("basel"));
    }

    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));

    static final Zone<Both> WEB_AND_NAMES = new Zone<>(ServiceName.of("names"));
    static final ContainerService WEB_2 = WEB.replicas(Replicas.of(2));
    void declare() {
        Deployment.named(DeploymentName.of("names")).on(at(Containers.class)).runs(WEB).runs(«WEB_AND_NAMES»); //! score WEB_AND_NAMES (Zone) needs capability DnsServer and SecretStore, which topology Containers does not have
        //= Deployment.named(DeploymentName.of("names")).on(at(Containers.class)).runs(WEB).runs(WEB_2);
    }
}
