package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.RememberedEndpoints;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The address of a node where a service takes connections, as the node said last. */
record ServiceAddress(DeploymentName deployment, ServiceName service, IpAddress address)
        implements Comparable<ServiceAddress> {
    static final RememberedEndpoints.Form<ServiceAddress> FORM =
            new RememberedEndpoints.Form<>(ServiceAddress::of, ServiceAddress::parse, ServiceAddress::deployment);

    private static final Comparator<ServiceAddress> ORDER = Comparator.comparing(ServiceAddress::deployment)
            .thenComparing(ServiceAddress::service)
            .thenComparing(ServiceAddress::address);

    private static final int WORDS = 3;

    /** Those of a deployment. */
    private static List<ServiceAddress> of(List<NodeEndpoints> nodes) {
        return nodes.stream().flatMap(ServiceAddress::of).distinct().sorted().toList();
    }

    private static Stream<ServiceAddress> of(NodeEndpoints node) {
        return node.serves().stream()
                .map(served -> new ServiceAddress(node.deployment(), served.service(), node.address()));
    }

    /** As {@link #toString} wrote it; empty when it did not. */
    private static Optional<ServiceAddress> parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != WORDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ServiceAddress(DeploymentName.of(words[0]), ServiceName.of(words[1]), IpAddress.of(words[2])));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(ServiceAddress other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(deployment, service, address);
    }
}
