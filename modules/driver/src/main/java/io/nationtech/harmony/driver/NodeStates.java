package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;
import java.util.function.Consumer;

/** How far nodes are with any deployment, as they say themselves: where a service runs that belongs to somebody else. */
@FunctionalInterface
public interface NodeStates {
    /** Nobody says anything. */
    NodeStates NONE = (_, _) -> () -> {};

    /**
     * Tells how far all nodes are with a deployment, once that is known whole and again with each change. Returns at once, also while nobody can be
     * asked.
     *
     * @param listener called by one thread at a time; must not block for long
     */
    Watch watch(DeploymentName deployment, Consumer<List<NodeState>> listener);

    /** Goes on until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
