package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.BucketContract;
import io.nationtech.harmony.mesh.contract.LeaseContract;
import io.nationtech.harmony.mesh.contract.MeshFixture;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.contract.RequestContract;
import io.nationtech.harmony.mesh.contract.WatchContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OldestNatsMeshTest {
    private static NatsServer server;

    @BeforeAll
    static void start() {
        server = NatsServer.start(NatsServer.OLDEST, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    class Buckets extends BucketContract {
        @Override
        protected MeshFixture open() {
            return new NatsFixture(server);
        }
    }

    @Nested
    class Watches extends WatchContract {
        @Override
        protected MeshFixture open() {
            return new NatsFixture(server);
        }
    }

    @Nested
    class Requests extends RequestContract {
        @Override
        protected MeshFixture open() {
            return new NatsFixture(server);
        }
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected MeshFixture open() {
            return new NatsFixture(server);
        }
    }

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
