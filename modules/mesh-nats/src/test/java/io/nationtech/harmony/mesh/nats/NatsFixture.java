package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.MeshFixture;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to one real server, each through a cable of its own. The server outlives the fixture. */
record NatsFixture(NatsServer server, Map<Mesh, Cable> cables) implements MeshFixture {
    private static final AtomicInteger NAMES = new AtomicInteger();

    NatsFixture(NatsServer server) {
        this(server, new ConcurrentHashMap<>());
    }

    @Override
    public Mesh connect() {
        Cable cable = new Cable(server.url());
        // A full read each hour: what the tests see comes from messages and reconnects, not from a lucky re-read.
        Mesh mesh =
                NatsMesh.connect(NatsOptions.of(NatsAddress.parse(cable.url()), "contract-" + NAMES.incrementAndGet())
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
