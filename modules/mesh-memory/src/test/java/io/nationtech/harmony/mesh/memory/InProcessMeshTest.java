package io.nationtech.harmony.mesh.memory;

import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.BucketContract;
import io.nationtech.harmony.mesh.contract.ConditionalWriteContract;
import io.nationtech.harmony.mesh.contract.LeaseContract;
import io.nationtech.harmony.mesh.contract.MeshFixture;
import io.nationtech.harmony.mesh.contract.RequestContract;
import io.nationtech.harmony.mesh.contract.WatchContract;
import org.junit.jupiter.api.Nested;

class InProcessMeshTest {

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
    class Buckets extends BucketContract {
        @Override
        protected MeshFixture open() {
            return fixture();
        }
    }

    @Nested
    class ConditionalWrites extends ConditionalWriteContract {
        @Override
        protected MeshFixture open() {
            return fixture();
        }
    }

    @Nested
    class Watches extends WatchContract {
        @Override
        protected MeshFixture open() {
            return fixture();
        }
    }

    @Nested
    class Requests extends RequestContract {
        @Override
        protected MeshFixture open() {
            return fixture();
        }
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected MeshFixture open() {
            return fixture();
        }
    }
}
