package io.nationtech.harmony.mesh.memory;

import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.BucketContract;
import io.nationtech.harmony.mesh.contract.ConditionalWriteContract;
import io.nationtech.harmony.mesh.contract.ConnectionContract;
import io.nationtech.harmony.mesh.contract.LeaseContract;
import io.nationtech.harmony.mesh.contract.MeshFixture;
import io.nationtech.harmony.mesh.contract.MeshFixtures;
import io.nationtech.harmony.mesh.contract.RequestContract;
import io.nationtech.harmony.mesh.contract.WatchContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class InProcessMeshTest {
    @RegisterExtension
    static final MeshFixtures FIXTURES = new MeshFixtures(InProcessMeshTest::fixture);

    private static MeshFixture fixture() {
        InProcessHub hub = new InProcessHub();
        return new MeshFixture() {
            @Override
            public Mesh connect() {
                return hub.connect();
            }

            @Override
            public void cut(Mesh mesh) {
                ((InProcessMesh) mesh).cut();
            }

            @Override
            public void restore(Mesh mesh) {
                ((InProcessMesh) mesh).restore();
            }

            @Override
            public void close() {}
        };
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
