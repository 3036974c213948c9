package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.MeshFixture;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to real servers in turn, each through a cable of its own. The servers outlive the fixture. */
record NatsFixture(List<NatsServer> servers, Map<Mesh, Cable> cables) implements MeshFixture {
    private static final AtomicInteger NAMES = new AtomicInteger();

    NatsFixture(NatsServer server) {
        this(List.of(server));
    }

    NatsFixture(List<NatsServer> servers) {
        this(servers, new ConcurrentHashMap<>());
    }

    @Override
    public Mesh connect() {
        int number = NAMES.incrementAndGet();
        Cable cable = new Cable(servers.get(number % servers.size()).url());
        // A full read each hour: what the tests see comes from messages and reconnects, not from a lucky re-read.
        Mesh mesh = NatsMesh.connect(NatsOptions.of(NatsAddress.parse(cable.url()), "contract-" + number)
                .resyncingEvery(Duration.ofHours(1)));
        cables.put(mesh, cable);
        return mesh;
    }

    @Override
    public void cut(Mesh mesh) {
        cables.get(mesh).pull();
    }

    @Override
    public void restore(Mesh mesh) {
        cables.get(mesh).plugIn();
    }

    @Override
    public void close() {
        cables.values().forEach(Cable::close);
    }
}
