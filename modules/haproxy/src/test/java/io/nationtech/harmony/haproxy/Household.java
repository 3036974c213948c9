package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.NodeStates;
import io.nationtech.harmony.endpoint.Endpoint;
import io.nationtech.harmony.endpoint.UsedEndpoints;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Nodes that say where a broker is, as tests have it, to whoever listens. */
final class Household implements NodeStates {
    static final DeploymentName MOSQUITTO = DeploymentName.of("mosquitto");
    static final Endpoint BROKER = new Endpoint(MOSQUITTO, ServiceName.of("broker"), Port.of(1883));
    static final UsedEndpoints USED = new UsedEndpoints(ResourceName.of("frigate"), List.of(BROKER));

    private final Map<DeploymentName, Consumer<List<NodeState>>> listeners = new HashMap<>();

    static EndpointDriver driver(Path folder, NodeStates states) {
        return new EndpointDriver(
                Proxy.byItself(folder.resolve("run"), HaproxyDriver.program().orElseThrow()),
                folder.resolve("disk"),
                states);
    }

    @Override
    public Watch watch(DeploymentName deployment, Consumer<List<NodeState>> listener) {
        listeners.put(deployment, listener);
        return () -> listeners.remove(deployment);
    }

    boolean isHeard() {
        return !listeners.isEmpty();
    }

    /** Replicas take connections on these nodes, at that port of theirs, and on no others. */
    void serve(int port, int... nodes) {
        listeners.getOrDefault(MOSQUITTO, _ -> {}).accept(states(port, nodes));
    }

    static List<NodeState> states(int port, int... nodes) {
        return IntStream.of(nodes)
                .mapToObj(node -> new NodeState(
                                NodeId.of("node-" + node), MOSQUITTO, 1, new Convergence.Converged(), List.of())
                        .at(Proxied.replica(node))
                        .serving(List.of(new ServedPort(BROKER.service(), BROKER.port(), Port.of(port)))))
                .toList();
    }
}
