// The same, where the score is made in place.
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
    void declare() {
        Deployment.named(DeploymentName.of("names")).on(at(Containers.class)).runs(«new Zone<>(ServiceName.of("a"))»); //! score Zone needs capability DnsServer and SecretStore, which topology Containers does not have
        //= Deployment.named(DeploymentName.of("names")).on(at(Both.class)).runs(new Zone<>(ServiceName.of("a")));
    }
}
