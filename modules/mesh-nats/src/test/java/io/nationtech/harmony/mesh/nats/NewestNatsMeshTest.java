package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.contract.BucketContract;
import io.nationtech.harmony.mesh.contract.ConditionalWriteContract;
import io.nationtech.harmony.mesh.contract.LeaseContract;
import io.nationtech.harmony.mesh.contract.MeshFixture;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.contract.RequestContract;
import io.nationtech.harmony.mesh.contract.WatchContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class NewestNatsMeshTest {
    private static NatsServer server;

    @BeforeAll
    static void start() {
        server = NatsServer.start(NatsServer.NEWEST, "");
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
    class ConditionalWrites extends ConditionalWriteContract {
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
}
