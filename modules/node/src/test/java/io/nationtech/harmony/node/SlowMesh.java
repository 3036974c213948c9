package io.nationtech.harmony.node;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.contract.DelegatingBucket;
import io.nationtech.harmony.mesh.contract.DelegatingMesh;
import java.util.function.Consumer;

/** A mesh whose puts do something first: wait, or fail. */
final class SlowMesh extends DelegatingMesh {
    private final Consumer<BucketName> beforePut;

    SlowMesh(Mesh mesh, Consumer<BucketName> beforePut) {
        super(mesh);
        this.beforePut = beforePut;
    }

    @Override
    public Bucket bucket(BucketName name) {
        return new DelegatingBucket(super.bucket(name)) {
            @Override
            public long put(Key key, Payload value) {
                beforePut.accept(name);
                return super.put(key, value);
            }
        };
    }
}
