package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.endpoint.Endpoint;
import io.nationtech.harmony.endpoint.UsedEndpoints;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Nodes that say where a broker is, as tests have it, to whoever listens. */
final class Household implements DeploymentEndpoints {
    static final DeploymentName MOSQUITTO = DeploymentName.of("mosquitto");
    static final Endpoint BROKER = new Endpoint(MOSQUITTO, ServiceName.of("broker"), Port.of(1883));
    static final UsedEndpoints USED = new UsedEndpoints(ResourceName.of("frigate"), List.of(BROKER));

    private final Map<DeploymentName, Consumer<List<NodeEndpoints>>> listeners = new HashMap<>();

    static EndpointDriver driver(Path folder, DeploymentEndpoints states) {
        return new EndpointDriver(
                Proxy.byItself(folder.resolve("run"), HaproxyDriver.program().orElseThrow()),
                folder.resolve("disk"),
                states);
    }

    @Override
    public Watch watch(DeploymentName deployment, Consumer<List<NodeEndpoints>> listener) {
        listeners.put(deployment, listener);
        return () -> listeners.remove(deployment);
    }

    boolean isHeard() {
        return !listeners.isEmpty();
    }

    /** Replicas take connections on these nodes, at that port of theirs, and on no others. */
    void serve(int port, int... nodes) {
        listeners.getOrDefault(MOSQUITTO, _ -> {}).accept(endpoints(port, nodes));
    }

    static List<NodeEndpoints> endpoints(int port, int... nodes) {
        return IntStream.of(nodes)
                .mapToObj(node -> new NodeEndpoints(
                        NodeId.of("node-" + node),
                        MOSQUITTO,
                        Proxied.replica(node),
                        List.of(new ServedPort(BROKER.service(), BROKER.port(), Port.of(port)))))
                .toList();
    }
}
