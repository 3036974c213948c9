package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;
import java.util.function.Consumer;

/** Where deployments take connections, as their nodes say themselves: those of services that belong to somebody else too. */
@FunctionalInterface
public interface DeploymentEndpoints {
    /** Nobody says anything. */
    DeploymentEndpoints NONE = (_, _) -> () -> {};

    /**
     * Tells where all nodes take connections for a deployment, once that is known whole and again with each change. Returns at once, also while nobody can be
     * asked.
     *
     * @param listener called by one thread at a time; must not block for long
     */
    Watch watch(DeploymentName deployment, Consumer<List<NodeEndpoints>> listener);

    /** Goes on until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
