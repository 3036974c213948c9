package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.contract.BucketContract;
import io.nationtech.harmony.mesh.contract.ConditionalWriteContract;
import io.nationtech.harmony.mesh.contract.ConnectionContract;
import io.nationtech.harmony.mesh.contract.LeaseContract;
import io.nationtech.harmony.mesh.contract.MeshFixtures;
import io.nationtech.harmony.mesh.contract.NatsCluster;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.contract.RequestContract;
import io.nationtech.harmony.mesh.contract.WatchContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract with a mesh of three servers, where each connection is to another one. */
class ClusteredNatsMeshTest {
    private static NatsCluster cluster;

    @RegisterExtension
    static final MeshFixtures FIXTURES = new MeshFixtures(() -> new NatsFixture(cluster.servers()));

    @BeforeAll
    static void start() {
        cluster = NatsCluster.start(NatsServer.NEWEST);
    }

    @AfterAll
    static void stop() {
        cluster.close();
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
}
