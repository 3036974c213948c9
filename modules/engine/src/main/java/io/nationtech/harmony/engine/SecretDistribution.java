package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.NodeReading;
import io.nationtech.harmony.fleet.SealedSecrets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings a deployment's secrets to the nodes that shall read them, before these are told, and takes back what nobody reads. */
record SecretDistribution(
        SealedSecrets sealed,
        Function<NodeId, Optional<Cause>> doubts,
        SecretSupply supply,
        DeploymentName deployment) {

    static SecretDistribution of(Fleet fleet, SecretSupply supply, DeploymentName deployment) {
        return new SecretDistribution(
                fleet.sealedSecrets(), node -> fleet.nodeReports().doubt(node), supply, deployment);
    }

    /** Why a node could not read what it shall. */
    Optional<Cause> obstacle(DesiredPlacement wanted, Inventory inventory) {
        Map<NodeId, NodeInfo> nodes = nodes(inventory.nodes().stream());
        return wanted.placements().stream()
                .flatMap(placement -> secrets(placement.resources())
                        .filter(_ -> Optional.ofNullable(nodes.get(placement.node()))
                                .flatMap(info -> info.agent().key())
                                .isEmpty())
                        .flatMap(secret ->
                                Stream.ofNullable(nodes.get(placement.node())).map(node -> withoutKey(node, secret))))
                .findFirst();
    }

    /** Also where nothing changes: a node that lost its key has a new one, and can open nothing that was sealed before. */
    List<Cause> deliver(FleetPlan plan) {
        Map<NodeId, Set<MountedSecret>> wanted = wanted(plan);
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<NodeId, NodeInfo> nodes = nodes(plan.driver().nodes());
        return wanted.entrySet().stream()
                .flatMap(node -> node.getValue().stream()
                        .flatMap(secret -> Stream.ofNullable(nodes.get(node.getKey()))
                                .flatMap(info -> deliver(info, secret).stream())))
                .toList();
    }

    private Optional<Cause> deliver(NodeInfo node, MountedSecret secret) {
        return node.agent().key().isEmpty()
                ? Optional.of(withoutKey(node, secret))
                : supply.deliver(sealed, node, deployment, secret);
    }

    /** What others can have written of a node is no key of its own. */
    private Cause withoutKey(NodeInfo node, MountedSecret secret) {
        return doubts.apply(node.id())
                .map(why -> new Cause(
                        "node '%s' shall read secret '%s', and it is not known whether its key is its own: %s"
                                .formatted(node.id(), secret.ref().name(), why.what()),
                        why.where(),
                        "nothing was sealed. Start its agent again, which says of itself anew; one of before does not sign: update it, and give it a new login, `harmony mesh login --node %s`"
                                .formatted(node.id())))
                .orElseGet(() -> SecretSupply.withoutKey(node, secret));
    }

    /** Once every node has followed. */
    void tidy(FleetPlan plan) {
        Map<NodeId, Set<MountedSecret>> wanted = wanted(plan);
        boolean hadSecrets = plan.changes().stream()
                .anyMatch(
                        change -> !Claim.of(change.from().resources()).secrets().isEmpty());
        if (hadSecrets || !wanted.isEmpty()) {
            sealed.forget(
                    deployment,
                    wanted.entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, node -> refs(node.getValue()))));
        }
    }

    /** The same for one who knows of the deployment only what nodes are told; what a node is told that cannot be read may need any. */
    static void tidy(Fleet fleet, DeploymentName deployment) {
        Collection<NodeReading> nodes = fleet.reading().nodes().values();
        if (nodes.stream().noneMatch(node -> node.unreadable().contains(deployment))) {
            fleet.sealedSecrets()
                    .forget(
                            deployment,
                            nodes.stream()
                                    .map(NodeReading::status)
                                    .collect(Collectors.toMap(
                                            node -> node.info().id(), node -> refs(told(node, deployment)))));
        }
    }

    private static Set<MountedSecret> told(NodeStatus node, DeploymentName deployment) {
        return Optional.ofNullable(node.desired().get(deployment))
                .map(told -> secrets(told.value().resources()).collect(Collectors.toSet()))
                .orElseGet(Set::of);
    }

    private static Map<NodeId, Set<MountedSecret>> wanted(FleetPlan plan) {
        Map<NodeId, Set<MountedSecret>> wanted = new HashMap<>();
        for (Placement placement : plan.placements()) {
            secrets(placement.resources())
                    .forEach(secret -> wanted.computeIfAbsent(placement.node(), _ -> new LinkedHashSet<>())
                            .add(secret));
        }
        return wanted;
    }

    private static Stream<MountedSecret> secrets(List<NodeResource> resources) {
        return Claim.of(resources).secrets().stream();
    }

    private static Set<SecretRef> refs(Set<MountedSecret> secrets) {
        return secrets.stream().map(MountedSecret::ref).collect(Collectors.toSet());
    }

    private static Map<NodeId, NodeInfo> nodes(Stream<NodeStatus> nodes) {
        return nodes.map(NodeStatus::info).collect(Collectors.toMap(NodeInfo::id, Function.identity()));
    }
}
