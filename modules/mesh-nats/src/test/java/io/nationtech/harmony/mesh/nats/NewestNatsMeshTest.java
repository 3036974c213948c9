package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.BucketContract;
import io.nationtech.harmony.mesh.contract.ConditionalWriteContract;
import io.nationtech.harmony.mesh.contract.ConnectionContract;
import io.nationtech.harmony.mesh.contract.LeaseContract;
import io.nationtech.harmony.mesh.contract.MeshFixtures;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.contract.RequestContract;
import io.nationtech.harmony.mesh.contract.WatchContract;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.PersistMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NewestNatsMeshTest {
    private static NatsServer server;

    @RegisterExtension
    static final MeshFixtures FIXTURES = new MeshFixtures(() -> new NatsFixture(server));

    @BeforeAll
    static void start() {
        server = NatsServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    class Buckets extends BucketContract {}

    @Nested
    class ConditionalWrites extends ConditionalWriteContract {}

    @Nested
    class Watches extends WatchContract {}

    @Nested
    class Requests extends RequestContract {}

    @Nested
    class Connected extends ConnectionContract {}

    @Nested
    class Leases extends LeaseContract {}

    @Test
    void onlyWhatIsSaidAgainIsAcknowledgedBeforeItIsSynced() throws Exception {
        BucketName again = new BucketName("again");
        BucketName once = new BucketName("once");
        try (NatsFixture fixture = new NatsFixture(server);
                Mesh mesh = fixture.connect()) {
            mesh.ensureBucket(again, 1, Durability.SOON);
            mesh.ensureBucket(once, 1, Durability.AT_ONCE);
        }

        assertEquals(PersistMode.Async, persistMode(again));
        assertNotEquals(PersistMode.Async, persistMode(once));
    }

    /** Null where nothing is said. */
    private static @Nullable PersistMode persistMode(BucketName name) throws Exception {
        Connection connection = Nats.connect(server.url());
        try {
            return connection
                    .jetStreamManagement()
                    .getStreamInfo(Subjects.stream(name))
                    .getConfiguration()
                    .getPersistMode();
        } finally {
            connection.close();
        }
    }
}
