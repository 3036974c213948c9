// A score that needs two capabilities, on a topology with one.
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
        Deployment.named(DeploymentName.of("names")).on(at(Names.class)).runs(«zone("a")»); //! score zone needs capability SecretStore, which topology Names does not have
        //= Deployment.named(DeploymentName.of("names")).on(at(Both.class)).runs(zone("a"));
    }
}
