import org.jspecify.annotations.NullMarked;

/**
 * Turns deployments into desired state: plans against what nodes are told, applies, waits for the nodes, runs smoke tests.
 * Knows neither the mesh's nor the containers' tools.
 */
@NullMarked
module io.nationtech.harmony.engine {
    requires transitive io.nationtech.harmony.fleet;
    requires transitive io.nationtech.harmony.graph;
    requires transitive io.nationtech.harmony.placement;
    requires transitive io.nationtech.harmony.rollout;
    requires transitive io.nationtech.harmony.secrets;
    requires io.nationtech.harmony.form;
    requires java.net.http;
    requires static org.jspecify;

    exports io.nationtech.harmony.engine;

    uses io.nationtech.harmony.domain.spi.SmokeTestRunner;

    provides io.nationtech.harmony.domain.spi.SmokeTestRunner with
            io.nationtech.harmony.engine.HttpSmokeTestRunner,
            io.nationtech.harmony.engine.TcpSmokeTestRunner;
}
