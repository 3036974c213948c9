package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.contract.BucketContract;
import io.nationtech.harmony.mesh.contract.ConditionalWriteContract;
import io.nationtech.harmony.mesh.contract.LeaseContract;
import io.nationtech.harmony.mesh.contract.MeshFixtures;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.contract.RequestContract;
import io.nationtech.harmony.mesh.contract.WatchContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class NewestNatsMeshTest {
    private static NatsServer server;

    @RegisterExtension
    static final MeshFixtures FIXTURES = new MeshFixtures(() -> new NatsFixture(server));

    @BeforeAll
    static void start() {
        server = NatsServer.start(NatsServer.NEWEST, "");
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
    class Leases extends LeaseContract {}
}
