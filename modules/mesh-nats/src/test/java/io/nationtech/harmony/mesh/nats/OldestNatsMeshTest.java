package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.BucketContract;
import io.nationtech.harmony.mesh.contract.ConnectionContract;
import io.nationtech.harmony.mesh.contract.LeaseContract;
import io.nationtech.harmony.mesh.contract.MeshFixtures;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.contract.RequestContract;
import io.nationtech.harmony.mesh.contract.WatchContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OldestNatsMeshTest {
    private static NatsServer server;

    @RegisterExtension
    static final MeshFixtures FIXTURES = new MeshFixtures(() -> new NatsFixture(server));

    @BeforeAll
    static void start() {
        server = NatsServer.start(NatsServer.OLDEST, NatsServer.ACCOUNT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    class Buckets extends BucketContract {}

    @Nested
    class Watches extends WatchContract {}

    @Nested
    class Requests extends RequestContract {}

    @Nested
    class Connected extends ConnectionContract {}

    @Nested
    class Leases extends LeaseContract {}

    @Test
    void aServerThatCannotCompareByPatternOffersNoSuchWrites() {
        BucketName name = new BucketName("plain");
        try (NatsFixture fixture = new NatsFixture(server);
                Mesh mesh = fixture.connect()) {
            mesh.ensureBucket(name, 1);

            assertEquals(Optional.empty(), mesh.bucket(name).conditionalWrites());
        }
    }
}
