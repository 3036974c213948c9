package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Says how far a deployment is, whenever that differs from what was said last. Safe for use by several threads. */
final class Reporter {
    private static final Logger LOG = System.getLogger(DeploymentKeeper.class.getName());

    private final NodeId node;
    private final DeploymentName deployment;
    private final Drivers drivers;
    private final Consumer<NodeState> listener;

    /** Held from a look at what there is until that is reported, so that no older look is reported over a newer one. */
    private final ReentrantLock looking = new ReentrantLock();

    private volatile Optional<NodeState> last = Optional.empty();
    private volatile long revision;
    private volatile List<NodeResource> wanted = List.of();
    private volatile Optional<Instant> notBefore = Optional.empty();

    /** What is to be said of what was found. */
    interface Judgement {
        /** Empty when it is not to be told. */
        Optional<Convergence> of(Drivers.Observation found) throws InterruptedException;
    }

    Reporter(NodeId node, DeploymentName deployment, Drivers drivers, Consumer<NodeState> listener) {
        this.node = node;
        this.deployment = deployment;
        this.drivers = drivers;
        this.listener = listener;
    }

    /** From now on, what is said answers this revision. */
    void answer(long newest) {
        revision = newest;
    }

    /** From now on, this is what the node is to have. */
    void want(List<NodeResource> resources) {
        wanted = resources;
    }

    /** From now on, what was signed as of an earlier time is refused. */
    void refuseBefore(Optional<Instant> time) {
        notBefore = time;
    }

    /** The revision that is answered. */
    long answered() {
        return revision;
    }

    /** How far it was said to be. */
    Optional<Convergence> said() {
        return last.map(NodeState::convergence);
    }

    /** Says it of what was seen last. */
    void report(Convergence convergence) {
        looking.lock();
        try {
            report(convergence, lastSeen());
        } finally {
            looking.unlock();
        }
    }

    /** Looks at what there is, and says what is made of it. */
    Drivers.Observation look(Judgement judgement) throws InterruptedException {
        looking.lock();
        try {
            Drivers.Observation found = drivers.observe(deployment, lastSeen());
            judgement.of(found).ifPresent(convergence -> report(convergence, found.resources()));
            return found;
        } finally {
            looking.unlock();
        }
    }

    private List<ResourceStatus> lastSeen() {
        return last.map(NodeState::resources).orElse(List.of());
    }

    private void report(Convergence convergence, List<ResourceStatus> resources) {
        NodeState state = new NodeState(node, deployment, revision, convergence, resources)
                .serving(ServedPort.of(wanted, resources))
                .refusingBefore(notBefore);
        if (last.filter(state::equals).isEmpty()) {
            if (last.filter(before -> before.revision() == revision)
                    .map(NodeState::convergence)
                    .filter(convergence::equals)
                    .isEmpty()) {
                log(convergence);
            }
            last = Optional.of(state);
            listener.accept(state);
        }
    }

    private void log(Convergence convergence) {
        switch (convergence) {
            case Convergence.Converging() -> LOG.log(Level.INFO, "Deployment {0}: converging", deployment);
            case Convergence.Converged() -> LOG.log(Level.INFO, "Deployment {0}: converged", deployment);
            case Convergence.Failed(Cause cause) -> LOG.log(Level.WARNING, "Deployment {0}: {1}", deployment, cause);
        }
    }
}
