package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.RememberedEndpoints;
import io.nationtech.harmony.endpoint.Endpoint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a replica of another deployment's service takes connections, as its node said last.
 *
 * @param port of its node
 */
record EndpointReplica(Endpoint endpoint, NodeId node, IpAddress address, Port port)
        implements Comparable<EndpointReplica> {
    static final RememberedEndpoints.Form<EndpointReplica> FORM = new RememberedEndpoints.Form<>(
            EndpointReplica::of,
            EndpointReplica::parse,
            replica -> replica.endpoint().deployment());

    private static final Comparator<EndpointReplica> ORDER = Comparator.comparing(EndpointReplica::endpoint)
            .thenComparing(EndpointReplica::node)
            .thenComparing(EndpointReplica::port);

    private static final int WORDS = 6;

    /** Those of a deployment. */
    private static List<EndpointReplica> of(List<NodeEndpoints> nodes) {
        return nodes.stream().flatMap(EndpointReplica::of).sorted().toList();
    }

    private static Stream<EndpointReplica> of(NodeEndpoints endpoints) {
        return endpoints.serves().stream()
                .map(served -> new EndpointReplica(
                        new Endpoint(endpoints.deployment(), served.service(), served.port()),
                        endpoints.node(),
                        endpoints.address(),
                        served.node()));
    }

    /** As {@link #toString} wrote it; empty when it did not. */
    private static Optional<EndpointReplica> parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != WORDS) {
            return Optional.empty();
        }
        try {
            Endpoint endpoint = new Endpoint(DeploymentName.of(words[0]), ServiceName.of(words[1]), port(words[2]));
            return Optional.of(
                    new EndpointReplica(endpoint, NodeId.of(words[3]), IpAddress.of(words[4]), port(words[5])));
        } catch (InvalidValueException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Port port(String text) {
        return Port.of(Integer.parseInt(text));
    }

    @Override
    public int compareTo(EndpointReplica other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%s %s %s %s %s %s"
                .formatted(endpoint.deployment(), endpoint.service(), endpoint.port(), node, address, port);
    }
}
