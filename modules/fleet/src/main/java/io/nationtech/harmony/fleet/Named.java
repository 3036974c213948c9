package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.PayloadTooLargeException;
import java.util.function.Supplier;

/** Writing of something that people know by a name, as the mesh knows only keys. */
record Named(String what) {

    static Named share(NodeId node, DeploymentName deployment) {
        return new Named("what node '%s' is to have of deployment '%s'".formatted(node, deployment));
    }

    <T> T write(Supplier<T> writing) {
        try {
            return writing.get();
        } catch (PayloadTooLargeException e) {
            throw e.of(what);
        }
    }
}
