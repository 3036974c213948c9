package io.nationtech.harmony.endpoint;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A service that other deployments may use: {@code Endpoint.of(MOSQUITTO, broker)}, a constant of the module that deploys it. Who uses it requires that
 * module, and says {@link Uses}. Its users find it by one name and one address, which stay the same wherever its replicas are.
 *
 * @param port at which it listens in its container, and at which its users reach it
 */
public record Endpoint(DeploymentName deployment, ServiceName service, Port port) implements Comparable<Endpoint> {
    /** For benchmarks between networks (RFC 2544 §C.2.2): it is never routed, so no site has machines there. */
    private static final int NETWORK = 198 << 24 | 18 << 16;

    private static final int ADDRESSES = 1 << 17;

    /**
     * The first TCP port that a service publishes.
     *
     * @param owner which runs it
     * @throws InvalidValueException when it does not run it, or the service publishes no TCP port for others than its node
     */
    public static Endpoint of(Deployment<?> owner, ContainerService service) {
        return offered(owner, service).getFirst();
    }

    /**
     * One TCP port of those that a service publishes.
     *
     * @param owner which runs it
     * @param port of the container
     * @throws InvalidValueException when it does not run it, or the service does not publish that port for others than its node
     */
    public static Endpoint of(Deployment<?> owner, ContainerService service, Port port) {
        List<Endpoint> all = offered(owner, service);
        return all.stream()
                .filter(endpoint -> endpoint.port.equals(port))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                                "service '%s' of deployment '%s' does not publish port %s of its container by TCP; it publishes %s"
                                        .formatted(
                                                service.name(),
                                                owner.name(),
                                                port,
                                                all.stream().map(Endpoint::port).toList()))
                        .about(port));
    }

    private static List<Endpoint> offered(Deployment<?> owner, ContainerService service) {
        boolean isRun = owner.scores().stream()
                .flatMap(score -> score.withMembers().stream())
                .map(Score::name)
                .anyMatch(service.name()::equals);
        if (!isRun) {
            throw new InvalidValueException("deployment '%s' does not run service '%s', so nobody can use it there"
                            .formatted(owner.name(), service.name()))
                    .about(service);
        }
        List<Endpoint> all = service.container().network().ports().stream()
                .filter(PublishedPort::isReachedByTcp)
                .map(port -> new Endpoint(owner.name(), service.name(), port.container()))
                .toList();
        if (all.isEmpty()) {
            throw new InvalidValueException(
                            "service '%s' of deployment '%s' publishes no TCP port for others than its node, so other deployments cannot use it"
                                    .formatted(service.name(), owner.name()))
                    .about(service);
        }
        return all;
    }

    /** Its name in containers that use it: {@code broker.mosquitto}. */
    public DnsName name() {
        return DnsName.of("%s.%s".formatted(service, deployment));
    }

    /** The host name by which its users reach it. */
    public EndpointText host() {
        return EndpointText.of(this);
    }

    /** That name with its port, as in {@code broker.mosquitto:1883}. */
    public EndpointText address() {
        return host().before(":" + port);
    }

    /** Where its users reach it on their node: one of 198.18.0.0/15, which follows from its name. */
    public IpAddress at() {
        int address = NETWORK | Math.floorMod(digest(), ADDRESSES - 1) + 1;
        return IpAddress.of(
                "%d.%d.%d.%d".formatted(address >>> 24, address >>> 16 & 0xff, address >>> 8 & 0xff, address & 0xff));
    }

    private int digest() {
        try {
            byte[] whole =
                    MessageDigest.getInstance("SHA-256").digest(name().value().getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(whole).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Endpoint other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return "%s:%s".formatted(name(), port);
    }
}
