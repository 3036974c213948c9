package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Backups;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.InstanceDriver;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.SetDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that a node can have, kind by kind. Safe for use by several threads, one per deployment. */
public final class Drivers implements AutoCloseable {
    private final List<KindKeeper> inOrder;
    private final Map<KindName, KindKeeper> byKind;
    private final Set<KindName> beneathOthers;
    private final Map<DeploymentName, Set<NodePort>> taken = new HashMap<>();

    private Drivers(Collection<? extends ResourceDriver<?>> drivers) {
        Map<KindName, KindKeeper> keepers = new HashMap<>();
        drivers.forEach(driver -> keepers.put(driver.kind().name(), keeper(driver)));
        byKind = Map.copyOf(keepers);
        List<ResourceKind<?>> kinds = new ArrayList<>();
        drivers.forEach(driver -> kinds.add(driver.kind()));
        inOrder = ResourceKinds.of(kinds).inOrder().stream()
                .map(kind -> keepers.get(kind.name()))
                .toList();
        beneathOthers = kinds.stream()
                .filter(kind -> kinds.stream().anyMatch(other -> ResourceKinds.isBefore(kind, other)))
                .map(ResourceKind::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** These; of two for one kind, the last. */
    public static Drivers of(Collection<? extends ResourceDriver<?>> drivers) {
        return new Drivers(drivers);
    }

    /** These. */
    public static Drivers of(ResourceDriver<?>... drivers) {
        return new Drivers(List.of(drivers));
    }

    /** Those of the modules that this program was started with, as far as a node can have them. */
    public static Drivers installed(NodeContext context) {
        return of(ServiceLoader.load(DriverProvider.class, Drivers.class.getClassLoader()).stream()
                .flatMap(provider -> provider.get().driver(context).stream())
                .toList());
    }

    private static KindKeeper keeper(ResourceDriver<?> driver) {
        return switch (driver) {
            case InstanceDriver<?> each -> new InstanceKeeper<>(each);
            case SetDriver<?> all -> new SetKeeper<>(all);
        };
    }

    /** The kinds that the node can have. */
    public List<ResourceKind<?>> kinds() {
        return inOrder.stream().<ResourceKind<?>>map(KindKeeper::kind).toList();
    }

    /** What the node offers because of its drivers. */
    public Set<Class<? extends Capability>> offers() {
        Set<Class<? extends Capability>> offered = new HashSet<>();
        inOrder.forEach(keeper -> offered.addAll(keeper.driver().offers()));
        return Set.copyOf(offered);
    }

    /** Why a deployment wants what nothing here can make. */
    Optional<Cause> cannotMake(DesiredState state) {
        return state.resources().stream()
                .filter(resource -> !byKind.containsKey(resource.id().kind()))
                .findFirst()
                .map(resource -> new Cause(
                        "no driver for the kind '%s' of %s"
                                .formatted(resource.id().kind(), resource.label()),
                        "node %s, deployment %s".formatted(state.node(), state.deployment()),
                        "give the agent there a module that provides one, or what its driver needs, and start it again;"
                                + " it can make: %s; what ran before goes on".formatted(names())));
    }

    private String names() {
        return inOrder.isEmpty()
                ? "nothing"
                : inOrder.stream().map(keeper -> keeper.kind().name().value()).collect(Collectors.joining(", "));
    }

    /** Takes note of what was on disk at the start. */
    void restore(DesiredState state) {
        take(state);
        inOrder.forEach(keeper -> keeper.restore(state.deployment(), of(keeper, state)));
    }

    /** Takes note of a deployment of which the disk tells nothing. */
    void restoreUnknown(DeploymentName deployment) {
        inOrder.forEach(keeper -> keeper.restoreUnknown(deployment));
    }

    /** What there is of a deployment; of a kind that cannot be asked, what {@code before} says. */
    Observation observe(DeploymentName deployment, List<ResourceStatus> before) {
        List<ResourceStatus> found = new ArrayList<>();
        List<Cause> failures = new ArrayList<>();
        for (KindKeeper keeper : inOrder) {
            try {
                found.addAll(keeper.observe(deployment));
            } catch (RuntimeUnavailableException e) {
                before.stream()
                        .filter(status ->
                                status.id().kind().equals(keeper.kind().name()))
                        .forEach(found::add);
                failures.add(e.why());
            }
        }
        return new Observation(found, failures.stream().findFirst());
    }

    /**
     * What there is.
     *
     * @param failure why some of it could not be found out
     */
    record Observation(List<ResourceStatus> resources, Optional<Cause> failure) {
        Observation {
            resources = List.copyOf(resources);
        }
    }

    /**
     * Makes what a deployment wants and removes what else there is of it. What takes ports or devices goes first; then all is made,
     * kind by kind, each after what it stands on; what others stand on goes last, once these are made.
     *
     * @return why the first that failed did; one that fails holds up no other
     */
    Optional<Cause> converge(DesiredState state, Function<DeploymentName, Means> means) {
        take(state);
        List<Cause> failures = new ArrayList<>();
        for (KindKeeper keeper : inOrder.reversed()) {
            if (!isBeneathOthers(keeper)) {
                removeUnwanted(keeper, state).ifPresent(failures::add);
            }
        }
        for (KindKeeper keeper : inOrder) {
            attempt(() -> keeper.converge(state.deployment(), of(keeper, state), means))
                    .ifPresent(failures::add);
            if (Thread.currentThread().isInterrupted()) {
                return failures.stream().findFirst();
            }
        }
        if (failures.isEmpty()) {
            inOrder.reversed().stream()
                    .filter(this::isBeneathOthers)
                    .forEach(keeper -> removeUnwanted(keeper, state).ifPresent(failures::add));
        }
        return failures.stream().findFirst();
    }

    /** A deployment is as declared: what was kept only to go back to may go. */
    void tidy(DesiredState state) {
        inOrder.forEach(keeper -> keeper.tidy(state.deployment(), of(keeper, state)));
    }

    /** Whatever has a port, others may ask it there. */
    private void take(DesiredState state) {
        synchronized (taken) {
            Claim claim = Claim.of(state.resources());
            Set<NodePort> before = taken();
            taken.put(
                    state.deployment(),
                    Stream.concat(claim.ports().stream(), claim.sharedPorts().stream())
                            .collect(Collectors.toUnmodifiableSet()));
            Set<NodePort> after = taken();
            if (!after.equals(before)) {
                inOrder.forEach(keeper -> keeper.driver().take(after));
            }
        }
    }

    private Set<NodePort> taken() {
        return taken.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    private boolean isBeneathOthers(KindKeeper keeper) {
        return beneathOthers.contains(keeper.kind().name());
    }

    private Optional<Cause> removeUnwanted(KindKeeper keeper, DesiredState state) {
        Set<ResourceId> wanted =
                state.resources().stream().map(NodeResource::id).collect(Collectors.toSet());
        return attempt(() -> keeper.remove(
                state.deployment(),
                keeper.observe(state.deployment()).stream()
                        .map(ResourceStatus::id)
                        .filter(id -> !wanted.contains(id))
                        .toList()));
    }

    /** A tool that is away is a failure like others. */
    private static Optional<Cause> attempt(Supplier<Optional<Cause>> action) {
        try {
            return action.get();
        } catch (RuntimeUnavailableException e) {
            return Optional.of(e.why());
        }
    }

    /** Where there is what some driver made. */
    Optional<Path> path(DeploymentName deployment, ResourceId resource) {
        return Optional.ofNullable(byKind.get(resource.kind()))
                .flatMap(keeper -> keeper.driver().path(deployment, resource));
    }

    /**
     * How the containers of a deployment are, by name.
     *
     * @throws RuntimeUnavailableException when that cannot be found out
     */
    List<ResourceStatus> containers(DeploymentName deployment) {
        return inOrder.stream()
                .filter(keeper -> keeper.driver().data().isPresent())
                .flatMap(keeper -> keeper.observe(deployment).stream())
                .toList();
    }

    /** Ends what runs of a resource and starts it again as it is. */
    Outcome restart(DeploymentName deployment, ResourceId resource) {
        return Optional.ofNullable(byKind.get(resource.kind()))
                .map(keeper -> keeper.driver().restart(deployment, resource))
                .orElseGet(Outcome.Unchanged::new);
    }

    /** What containers keep on this node. */
    NodeData data() {
        return inOrder.stream()
                .flatMap(keeper -> keeper.driver().data().stream())
                .findFirst()
                .orElse(NodeData.NONE);
    }

    /** The copies of data that are kept; empty when this node keeps none. */
    Optional<Backups> backups() {
        return inOrder.stream()
                .flatMap(keeper -> keeper.driver().backups().stream())
                .findFirst();
    }

    /** What all resources of a deployment wrote. */
    Stream<Written> logs(DeploymentName deployment, int lines) {
        return inOrder.stream()
                .flatMap(keeper -> keeper.observe(deployment).stream()
                        .flatMap(status -> keeper.driver().logs(deployment, status.id(), lines).stream()
                                .map(text -> new Written(status.id(), text))));
    }

    /** A line that a resource wrote. */
    record Written(ResourceId resource, String text) {}

    /** Whether just now somebody tells of each change of a deployment's resources. */
    boolean tellOfChanges(DesiredState state) {
        return inOrder.stream()
                .filter(keeper -> !of(keeper, state).isEmpty())
                .allMatch(keeper -> keeper.driver().isTellingChanges());
    }

    /** Tells which deployment's resources may have changed. */
    void onChange(Consumer<DeploymentName> changed) {
        inOrder.forEach(keeper -> keeper.driver().onChange(changed));
    }

    private static List<NodeResource> of(KindKeeper keeper, DesiredState state) {
        return state.resources().stream()
                .filter(resource -> resource.id().kind().equals(keeper.kind().name()))
                .toList();
    }

    /** Ends the drivers' threads; what they made goes on. */
    @Override
    public void close() {
        inOrder.forEach(keeper -> keeper.driver().close());
    }
}
