package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.Priority;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.placement.Situation.Assigned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Who holds what on which node, as the nodes are told. */
record Assignments(DeploymentName deployment, Inventory inventory) {
    /** What other deployments do is not this one's to end. */
    private static final Priority UNTOUCHABLE = Priority.of(1_000);

    /** What other deployments hold: room, ports and devices. */
    List<Assigned> ofOthers() {
        Map<ServiceRef, Integer> copies = new HashMap<>();
        List<Assigned> found = new ArrayList<>();
        for (NodeStatus node : inventory.nodes()) {
            for (DesiredState state : toldByOthers(node)) {
                for (NodeResource resource : state.resources()) {
                    if (!resource.claim().equals(Claim.NOTHING)) {
                        ServiceRef service = new ServiceRef(state.deployment(), service(resource));
                        int copy = copies.merge(service, 1, Integer::sum) - 1;
                        found.add(new Assigned(
                                opaque(new WorkloadId(service, copy), resource.claim()),
                                node.info().id(),
                                resource.claim().devices()));
                    }
                }
            }
        }
        return found;
    }

    private static ServiceName service(NodeResource resource) {
        return resource.service()
                .orElseGet(() -> ServiceName.of(resource.id().kind().value()));
    }

    private List<DesiredState> toldByOthers(NodeStatus node) {
        return node.desired().values().stream()
                .map(Versioned::value)
                .filter(state -> !state.deployment().equals(deployment))
                .sorted(Comparator.comparing(DesiredState::deployment))
                .toList();
    }

    private static Workload opaque(WorkloadId id, Claim claim) {
        return Workload.of(id, claim.demand())
                .publishing(claim.ports())
                .sharingPorts(claim.sharedPorts())
                .priority(UNTOUCHABLE)
                .onLoss(new LossPolicy.Stays());
    }

    /** Which of the tasks run already, as far as nodes are told so. Of more nodes than tasks, those are let go that help spread least. */
    List<Assigned> of(List<Task> tasks) {
        Map<ResourceId, List<Task>> byId =
                tasks.stream().collect(Collectors.groupingBy(this::knownBy, TreeMap::new, Collectors.toList()));
        return byId.entrySet().stream()
                .flatMap(same -> pair(same.getKey(), same.getValue()))
                .toList();
    }

    /**
     * The resource by which a task is found again: of several that run together some may be new, and some have run apart before. Then data
     * says where they are.
     */
    private ResourceId knownBy(Task task) {
        return Stream.concat(
                        task.resources().stream()
                                .filter(resource -> !resource.claim().volumes().isEmpty()),
                        Stream.concat(Stream.of(task.main()), task.resources().stream()))
                .map(NodeResource::id)
                .filter(id -> !running(id).isEmpty())
                .findFirst()
                .orElse(task.about());
    }

    private Stream<Assigned> pair(ResourceId id, List<Task> tasks) {
        List<Task> byId = tasks.stream()
                .sorted(Comparator.comparing(task -> task.workload().id()))
                .toList();
        List<NodeStatus> running = running(id);
        List<NodeStatus> kept = running.size() <= byId.size() ? running : mostApart(running, byId.size());
        return IntStream.range(0, kept.size())
                .mapToObj(at -> new Assigned(
                        byId.get(at).workload(),
                        kept.get(at).info().id(),
                        devices(kept.get(at), byId.get(at).about())));
    }

    private List<DeviceGrant> devices(NodeStatus node, ResourceId id) {
        return told(node, id).map(resource -> resource.claim().devices()).orElse(List.of());
    }

    private List<NodeStatus> running(ResourceId id) {
        return inventory.nodes().stream()
                .filter(node -> told(node, id).isPresent())
                .toList();
    }

    private Optional<NodeResource> told(NodeStatus node, ResourceId id) {
        return Optional.ofNullable(node.desired().get(deployment)).stream()
                .flatMap(told -> told.value().resources().stream())
                .filter(resource -> resource.id().equals(id))
                .findFirst();
    }

    private static List<NodeStatus> mostApart(List<NodeStatus> nodes, int count) {
        List<NodeStatus> left = new ArrayList<>(nodes);
        List<NodeStatus> kept = new ArrayList<>();
        Map<Location, Integer> used = new HashMap<>();
        while (kept.size() < count) {
            NodeStatus next = left.stream()
                    .min(Comparator.<NodeStatus, Boolean>comparing(node -> !node.isAlive())
                            .thenComparing(node -> node.maintenance().isPresent())
                            .thenComparingInt(node -> used.getOrDefault(location(node), 0))
                            .thenComparing(node -> node.info().id()))
                    .orElseThrow();
            left.remove(next);
            kept.add(next);
            used.merge(location(next), 1, Integer::sum);
        }
        kept.sort(Comparator.comparing(node -> node.info().id()));
        return kept;
    }

    static Location location(NodeStatus node) {
        return node.info().location();
    }
}
