package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.SetDriver;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps resources of which one daemon serves those of all deployments: whichever deployment asks, the driver is told all of them, one
 * call after the other.
 */
final class SetKeeper<R extends Record & NodeResource> implements KindKeeper {
    private final SetDriver<R> driver;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DeploymentName, List<NodeResource>> wanted = new HashMap<>();
    private final Set<DeploymentName> unknown = new HashSet<>();

    SetKeeper(SetDriver<R> driver) {
        this.driver = driver;
    }

    @Override
    public SetDriver<R> driver() {
        return driver;
    }

    @Override
    public void restore(DeploymentName deployment, List<NodeResource> resources) {
        underLock(() -> Optional.ofNullable(wanted.put(deployment, resources)));
    }

    @Override
    public void restoreUnknown(DeploymentName deployment) {
        underLock(() -> unknown.add(deployment));
    }

    @Override
    public Optional<Cause> converge(
            DeploymentName deployment, List<NodeResource> resources, Function<DeploymentName, Means> means) {
        return underLock(() -> {
            wanted.put(deployment, resources);
            unknown.remove(deployment);
            if (resources.isEmpty() && driver.observe(deployment).isEmpty()) {
                return Optional.empty();
            }
            Optional<Cause> waiting = unknown.stream()
                    .filter(other -> !driver.observe(other).isEmpty())
                    .findFirst()
                    .map(this::mustWaitFor);
            return waiting.isPresent() ? waiting : failure(deployment, driver.converge(all(), means));
        });
    }

    /** What is not among all of them went with them. */
    @Override
    public Optional<Cause> remove(DeploymentName deployment, List<ResourceId> unwanted) {
        return Optional.empty();
    }

    private Map<Owned, R> all() {
        return wanted.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(resource -> Map.entry(
                                new Owned(entry.getKey(), resource.id()),
                                driver.kind().type().cast(resource))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Optional<Cause> failure(DeploymentName deployment, Map<Owned, Outcome> outcomes) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().deployment().equals(deployment))
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Owned::resource)))
                .flatMap(entry -> Failures.of(entry.getValue()).stream())
                .findFirst();
    }

    private Cause mustWaitFor(DeploymentName other) {
        return new Cause(
                "what deployment '%s' wants is not known, and %s resources of all deployments change together"
                        .formatted(other, driver.kind().name()),
                "this node",
                "wait until the mesh is there, which tells it, or deploy '%s' again; what ran before goes on"
                        .formatted(other));
    }

    private <T> T underLock(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
