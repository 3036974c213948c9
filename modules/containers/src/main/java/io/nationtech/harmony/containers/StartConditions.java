package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.node.StartCondition;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.driver.Owned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/** Which containers wait for others before they start, and what for. For any thread. */
final class StartConditions {
    private final BiPredicate<Owned, StartCondition.Reached> isReached;

    /** As they were started last. */
    private final Map<Owned, Container> started = new ConcurrentHashMap<>();

    private final Map<Owned, StartCondition> waiting = new ConcurrentHashMap<>();

    StartConditions(BiPredicate<Owned, StartCondition.Reached> isReached) {
        this.isReached = isReached;
    }

    /**
     * Whether it is too early to start it.
     *
     * @param isRunning whether it runs; asked of what this agent has not started
     */
    boolean mustWait(Owned owned, Container container, BooleanSupplier isRunning) {
        Optional<StartCondition> awaited =
                container.equals(started.get(owned)) ? Optional.empty() : awaited(owned, container);
        if (awaited.isEmpty() || (!started.containsKey(owned) && isRunning.getAsBoolean())) {
            waiting.remove(owned);
            return false;
        }
        waiting.put(owned, awaited.get());
        return true;
    }

    private Optional<StartCondition> awaited(Owned owned, Container container) {
        return container.execution().after().stream()
                .sorted(Comparator.comparing(StartCondition::container).thenComparing(StartCondition::reached))
                .filter(condition -> !isReached.test(
                        new Owned(owned.deployment(), ContainerDriver.id(condition.container())), condition.reached()))
                .findFirst();
    }

    void started(Owned owned, Container container) {
        started.put(owned, container);
    }

    void forget(Owned owned) {
        started.remove(owned);
        waiting.remove(owned);
    }

    /** What is seen of a deployment, with those that wait: what ran before goes on meanwhile, and is not what is wanted. */
    List<ResourceStatus> told(DeploymentName deployment, List<ResourceStatus> seen) {
        List<ResourceStatus> all = new ArrayList<>();
        for (ResourceStatus status : seen) {
            if (!waiting.containsKey(new Owned(deployment, status.id()))) {
                all.add(status);
            }
        }
        waiting.forEach((owned, condition) -> {
            if (owned.deployment().equals(deployment)) {
                all.add(ResourceStatus.of(owned.resource(), Phase.PENDING)
                        .detail("starts once container " + condition));
            }
        });
        return all;
    }
}
