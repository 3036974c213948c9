package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.NodeReports;
import io.nationtech.harmony.form.Sha256;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.os.update.Neighbours;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The neighbours as nodes say themselves where they take connections: under a name for each site in place of a deployment's, so that nobody hears
 * of other sites. Only those in the network of this node's own address count.
 */
final class SiteNeighbours implements Neighbours, AutoCloseable {
    private static final Logger LOG = System.getLogger(SiteNeighbours.class.getName());
    private static final String NAME = "harmony-releases-";
    private static final int DIGITS = 16;
    private static final ServiceName FILES = ServiceName.of("files");
    /** A mesh that lost it is told again. */
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final NodeId node;
    private final DeploymentName name;
    private final NodeReports reports;
    private final Supplier<IpAddress> address;
    private volatile Optional<Lan> lan = Optional.empty();
    private volatile List<NodeEndpoints> known = List.of();
    private Optional<Thread> saying = Optional.empty();
    private Optional<Subscription> watch = Optional.empty();

    /** @param address at which others reach this node, asked again and again */
    SiteNeighbours(NodeId node, SiteName site, NodeReports reports, Supplier<IpAddress> address) {
        this.node = node;
        this.name = DeploymentName.of(NAME + Sha256.hex(site.value()).substring(0, DIGITS));
        this.reports = reports;
        this.address = address;
    }

    @Override
    public String self() {
        return node.value();
    }

    @Override
    public Optional<InetAddress> here() {
        lan = Lan.of(address.get().address());
        return lan.map(Lan::own);
    }

    @Override
    public boolean isNear(InetAddress other) {
        return lan.filter(network -> network.has(other)).isPresent();
    }

    @Override
    public synchronized void announce(InetSocketAddress place) {
        Port port = Port.of(place.getPort());
        NodeEndpoints own = new NodeEndpoints(
                node, name, new IpAddress(place.getAddress()), List.of(new ServedPort(FILES, port, port)));
        if (watch.isEmpty()) {
            watch = Optional.of(reports.watchEndpoints(name, now -> known = now));
        }
        saying.ifPresent(Thread::interrupt);
        saying = Optional.of(Thread.ofVirtual().name("neighbours").start(() -> say(own)));
    }

    private void say(NodeEndpoints own) {
        try {
            while (true) {
                try {
                    reports.serve(own);
                } catch (MeshUnavailableException e) {
                    LOG.log(Level.DEBUG, "Neighbours are not told yet: {0}", e.getMessage());
                }
                Thread.sleep(SAY_AGAIN);
            }
        } catch (InterruptedException e) {
            // Something else is to be said, or nothing.
            Thread.currentThread().interrupt();
        }
    }

    /** What was said stays in the mesh: who asks finds nobody, which costs less than to wait for a mesh that is away. */
    @Override
    public synchronized void withdraw() {
        saying.ifPresent(Thread::interrupt);
        saying = Optional.empty();
    }

    @Override
    public List<Neighbour> others() {
        return known.stream()
                .filter(one -> !one.node().equals(node))
                .filter(one -> isNear(one.address().address()))
                .flatMap(one -> one.serves().stream()
                        .limit(1)
                        .map(port -> new Neighbour(
                                one.node().value(),
                                new InetSocketAddress(
                                        one.address().address(), port.node().number()))))
                .toList();
    }

    @Override
    public synchronized void close() {
        withdraw();
        watch.ifPresent(Subscription::close);
        watch = Optional.empty();
    }
}
