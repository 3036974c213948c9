package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.contract.MeshContract;
import io.nationtech.harmony.mesh.contract.MeshFixture;
import io.nationtech.harmony.mesh.contract.NatsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class NewestNatsMeshTest extends MeshContract {
    private static NatsServer server;

    @BeforeAll
    static void start() {
        server = NatsServer.start(NatsServer.NEWEST, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected MeshFixture open() {
        return new NatsFixture(server, true);
    }
}
