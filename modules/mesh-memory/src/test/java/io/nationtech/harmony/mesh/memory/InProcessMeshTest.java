package io.nationtech.harmony.mesh.memory;

import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.MeshContract;
import io.nationtech.harmony.mesh.contract.MeshFixture;

class InProcessMeshTest extends MeshContract {

    @Override
    protected MeshFixture open() {
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
            public boolean comparesByPattern() {
                return true;
            }

            @Override
            public void close() {}
        };
    }
}
