package io.nationtech.harmony.journal.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.journal.contract.Contention;
import io.nationtech.harmony.journal.contract.Host;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Time that leases are told goes on only while somebody who died has one. */
class MeshContentionTest {
    private static final DeploymentName CONTESTED = DeploymentName.of("contested");
    private static final Duration RENEWAL = Duration.ofMillis(20);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void concurrentAppliesSerialise(@ForAll long seed) throws InterruptedException {
        InProcessHub hub = new InProcessHub();

        List<String> wrongs = Contention.over(
                number -> {
                    InProcessMesh mesh = hub.connect();
                    return new MeshHost(number, mesh, mesh::cut, hub.connect());
                },
                seed);

        assertEquals(List.of(), wrongs);
    }

    @Property(tries = 3, shrinking = ShrinkingMode.OFF)
    void concurrentAppliesSerialiseOverARealServer(@ForAll long seed) throws InterruptedException {
        Queue<NatsMesh> open = new ConcurrentLinkedQueue<>();
        try (NatsServer server = NatsServer.start();
                NatsMesh observer = connect(server, "observer")) {
            List<String> wrongs = Contention.over(
                    number -> {
                        NatsMesh mesh = connect(server, "rival-" + number);
                        open.add(mesh);
                        return new MeshHost(number, mesh, mesh::close, observer);
                    },
                    seed);

            assertEquals(List.of(), wrongs);
            open.forEach(NatsMesh::close);
        }
    }

    private static NatsMesh connect(NatsServer server, String name) {
        return NatsMesh.connect(NatsOptions.of(NatsAddress.parse(server.url()), name));
    }

    private final class MeshHost implements Host {
        private final Journals journals;
        private final Runnable cut;
        private final Mesh observer;

        private MeshHost(int number, Mesh mesh, Runnable cut, Mesh observer) {
            this.journals = new MeshJournals(
                    mesh,
                    new MeshJournals.Clocks(
                            InstantSource.fixed(Contention.since(number)),
                            nanos::get,
                            RandomGenerator.getDefault(),
                            RENEWAL,
                            LOOK),
                    _ -> {});
            this.cut = cut;
            this.observer = observer;
        }

        @Override
        public Journals journals() {
            return journals;
        }

        @Override
        public void dies() {
            cut.run();
            Optional<Long> last = revision();
            Thread.ofVirtual().start(() -> {
                while (revision().equals(last)) {
                    nanos.addAndGet(MOMENT.toNanos());
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            });
        }

        private Optional<Long> revision() {
            return observer.bucket(new BucketName("leases"))
                    .get(Keys.lease(CONTESTED))
                    .map(Entry::revision);
        }
    }
}
