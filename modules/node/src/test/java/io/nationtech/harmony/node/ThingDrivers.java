package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.InstanceDriver;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.SetDriver;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Drivers that write down what they do. */
final class ThingDrivers {
    final List<String> done = new CopyOnWriteArrayList<>();
    final Set<Owned> there = ConcurrentHashMap.newKeySet();
    /** Thrown by the driver of grounds at each call. */
    volatile Optional<Supplier<Error>> defect = Optional.empty();

    /** Called by the driver of grounds when it tidies up. */
    volatile Runnable tidying = () -> {};

    volatile boolean away;
    /** One for each reading of a ground's log that has begun. */
    final Semaphore reading = new Semaphore(0);

    final Semaphore mayRead = new Semaphore(0);

    final InstanceDriver<Thing.Ground> grounds = new InstanceDriver<>() {
        @Override
        public ResourceKind<Thing.Ground> kind() {
            return Thing.kind("ground", Thing.Ground.class);
        }

        @Override
        public List<ResourceStatus> observe(DeploymentName deployment) {
            return of(deployment, "ground");
        }

        @Override
        public Outcome converge(DeploymentName deployment, Thing.Ground resource, Means means) {
            if (defect.isPresent()) {
                throw defect.get().get();
            }
            if (away) {
                throw new RuntimeUnavailableException(new Cause("the digger is away", "node n1", "wait"));
            }
            return make(new Owned(deployment, resource.id()));
        }

        @Override
        public void tidy(DeploymentName deployment, List<Thing.Ground> declared) {
            tidying.run();
        }

        @Override
        public void take(Set<NodePort> ports) {
            done.add("ports " + ports.stream().sorted().toList());
        }

        @Override
        public List<String> logs(DeploymentName deployment, ResourceId resource, int lines) {
            reading.release();
            mayRead.acquireUninterruptibly();
            return List.of("dug");
        }

        @Override
        public Outcome remove(DeploymentName deployment, ResourceId resource) {
            return drop(new Owned(deployment, resource));
        }
    };

    final SetDriver<Thing.House> houses = new SetDriver<>() {
        @Override
        public ResourceKind<Thing.House> kind() {
            return Thing.kind("a-house", Thing.House.class, "ground");
        }

        @Override
        public List<ResourceStatus> observe(DeploymentName deployment) {
            return of(deployment, "a-house");
        }

        @Override
        public Map<Owned, Outcome> converge(Map<Owned, Thing.House> all, Function<DeploymentName, Means> means) {
            there.stream()
                    .filter(one -> one.resource().kind().equals(kind().name()))
                    .filter(one -> !all.containsKey(one))
                    .forEach(ThingDrivers.this::drop);
            Map<Owned, Outcome> outcomes = new ConcurrentSkipListMap<>(Comparator.comparing(Owned::toString));
            all.keySet().forEach(one -> outcomes.put(one, make(one)));
            return outcomes;
        }
    };

    private Outcome make(Owned one) {
        if (!there.add(one)) {
            return new Outcome.Unchanged();
        }
        done.add("made " + one);
        return new Outcome.Changed("made");
    }

    private Outcome drop(Owned one) {
        if (!there.remove(one)) {
            return new Outcome.Unchanged();
        }
        done.add("removed " + one);
        return new Outcome.Changed("removed");
    }

    private List<ResourceStatus> of(DeploymentName deployment, String kind) {
        return there.stream()
                .filter(one -> one.deployment().equals(deployment))
                .map(Owned::resource)
                .filter(resource -> resource.kind().value().equals(kind))
                .sorted()
                .map(resource -> ResourceStatus.of(resource, ResourceStatus.Phase.READY))
                .toList();
    }
}
