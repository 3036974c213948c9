package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.driver.Owned;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Which containers rest while somebody works on their data. For any thread. */
final class Holds {
    private static final Logger LOG = System.getLogger(Holds.class.getName());

    private final ContainerRuntime runtime;
    private final Consumer<Owned> stopping;
    private final Consumer<DeploymentName> changed;
    private final Map<Owned, Holder> held = new ConcurrentHashMap<>();

    /** Held while containers of a deployment are made as declared, or as somebody needs them to rest. */
    private final Map<DeploymentName, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * @param stopping told of each container before it is ended
     * @param changed told of the deployment whenever one of its containers rests or goes on
     */
    Holds(ContainerRuntime runtime, Consumer<Owned> stopping, Consumer<DeploymentName> changed) {
        this.runtime = runtime;
        this.stopping = stopping;
        this.changed = changed;
    }

    /** Two holds of one container are two, of which the younger counts. */
    private static final class Holder {
        private final NodeData.Rest rest;

        Holder(NodeData.Rest rest) {
            this.rest = rest;
        }
    }

    /** Makes a container as declared, unless it rests: then that is done afterwards. */
    Outcome unlessResting(Owned owned, Supplier<Outcome> work) {
        return locked(owned.deployment(), () -> isResting(owned) ? new Outcome.Unchanged() : work.get());
    }

    boolean isResting(Owned owned) {
        return held.containsKey(owned);
    }

    /** Of a container that is wanted no more. */
    void forget(Owned owned) {
        held.remove(owned);
    }

    /** What is to be said of a container that rests. */
    Optional<ResourceStatus> told(Owned owned) {
        return Optional.ofNullable(held.get(owned)).map(holder -> switch (holder.rest) {
            case PAUSED ->
                ResourceStatus.of(owned.resource(), Phase.RUNNING).detail("is paused while its data is saved");
            case STOPPED ->
                ResourceStatus.of(owned.resource(), Phase.PENDING)
                        .detail("is stopped while its data is saved or restored");
        });
    }

    NodeData.Hold hold(DeploymentName deployment, Set<ContainerName> containers, NodeData.Rest rest) {
        Holder holder = new Holder(rest);
        Optional<Outcome.Failed> failure = locked(deployment, () -> {
            containers.forEach(container -> held.put(owned(deployment, container), holder));
            return containers.stream()
                    .sorted()
                    .map(container -> rest(deployment, container, rest))
                    .filter(Outcome.Failed.class::isInstance)
                    .map(Outcome.Failed.class::cast)
                    .findFirst();
        });
        NodeData.Hold hold = () -> release(deployment, containers, holder);
        if (failure.isPresent()) {
            hold.close();
            throw new RuntimeUnavailableException(failure.get().cause());
        }
        changed.accept(deployment);
        return hold;
    }

    private Outcome rest(DeploymentName deployment, ContainerName container, NodeData.Rest rest) {
        return switch (rest) {
            case PAUSED -> runtime.pause(deployment, container);
            case STOPPED -> {
                stopping.accept(owned(deployment, container));
                yield runtime.remove(deployment, container);
            }
        };
    }

    private void release(DeploymentName deployment, Set<ContainerName> containers, Holder holder) {
        locked(deployment, () -> {
            for (ContainerName container : containers) {
                if (held.remove(owned(deployment, container), holder) && holder.rest == NodeData.Rest.PAUSED) {
                    resume(deployment, container);
                }
            }
            return holder;
        });
        changed.accept(deployment);
    }

    /** One that cannot be let go on now is when it is looked at next. */
    private void resume(DeploymentName deployment, ContainerName container) {
        try {
            if (runtime.resume(deployment, container) instanceof Outcome.Failed(var cause)) {
                LOG.log(Level.WARNING, "Deployment {0}: {1}", deployment, cause);
            }
        } catch (RuntimeUnavailableException e) {
            LOG.log(Level.WARNING, "Deployment {0}: container {1} stays paused: {2}", deployment, container, e.why());
        }
    }

    private <T> T locked(DeploymentName deployment, Supplier<T> work) {
        ReentrantLock lock = locks.computeIfAbsent(deployment, _ -> new ReentrantLock());
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static Owned owned(DeploymentName deployment, ContainerName container) {
        return new Owned(deployment, ContainerDriver.id(container));
    }
}
