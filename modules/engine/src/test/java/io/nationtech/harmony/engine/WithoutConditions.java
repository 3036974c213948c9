package io.nationtech.harmony.engine;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.ConditionalWrites;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.DelegatingBucket;
import io.nationtech.harmony.mesh.contract.DelegatingMesh;
import java.util.Optional;

/** A mesh as of a server that cannot compare many keys at once: the lease of placement is all that keeps others out. */
final class WithoutConditions extends DelegatingMesh {

    WithoutConditions(Mesh mesh) {
        super(mesh);
    }

    @Override
    public Bucket bucket(BucketName name) {
        return new DelegatingBucket(super.bucket(name)) {
            @Override
            public Optional<ConditionalWrites> conditionalWrites() {
                return Optional.empty();
            }
        };
    }
}
