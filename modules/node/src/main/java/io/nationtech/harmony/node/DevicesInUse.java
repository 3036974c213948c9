package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which deployment has which devices of this node, so that none gets one that another has for itself, whoever told it to. Safe for use
 * by several threads.
 */
final class DevicesInUse {
    private final NodeId node;
    /** What was told last. */
    private final Map<DeploymentName, List<DeviceGrant>> wanted = new HashMap<>();
    /** What containers may have now, those that are about to go included. */
    private final Map<DeploymentName, Set<DeviceGrant>> held = new HashMap<>();

    DevicesInUse(NodeId node) {
        this.node = node;
    }

    /** Whether a deployment may have its devices. */
    sealed interface Answer {

        /** They are its own from now on, beside those that it had. */
        record Yes() implements Answer {}

        /** Another is told to let them go, and has not yet. */
        record Soon() implements Answer {}

        /** Another has one of them. */
        record No(Cause why) implements Answer {}
    }

    /** Takes note of what a deployment is told, before it follows. */
    synchronized void told(DesiredState state) {
        wanted.put(state.deployment(), devices(state));
    }

    /** What is on disk at the start was granted before. */
    synchronized void restore(DesiredState state) {
        told(state);
        held.computeIfAbsent(state.deployment(), _ -> new HashSet<>()).addAll(devices(state));
    }

    synchronized Answer claim(DesiredState state) {
        Answer answer = new Answer.Yes();
        for (DeviceGrant device : devices(state)) {
            Optional<DeploymentName> holder = holder(state.deployment(), device);
            if (holder.isPresent()) {
                if (wanted.getOrDefault(holder.get(), List.of()).stream().anyMatch(device::excludes)) {
                    return new Answer.No(taken(device, holder.get(), state.deployment()));
                }
                answer = new Answer.Soon();
            }
        }
        if (answer instanceof Answer.Yes) {
            held.computeIfAbsent(state.deployment(), _ -> new HashSet<>()).addAll(devices(state));
        }
        return answer;
    }

    /** Nothing of the deployment runs but this. */
    synchronized void keepOnly(DesiredState state) {
        held.put(state.deployment(), new HashSet<>(devices(state)));
    }

    /** It has nothing and wants nothing. */
    synchronized void forget(DeploymentName deployment) {
        wanted.remove(deployment);
        held.remove(deployment);
    }

    private Optional<DeploymentName> holder(DeploymentName asking, DeviceGrant device) {
        return held.entrySet().stream()
                .filter(other -> !other.getKey().equals(asking))
                .filter(other -> other.getValue().stream().anyMatch(device::excludes))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static List<DeviceGrant> devices(DesiredState state) {
        return Claim.of(state.resources()).devices();
    }

    private Cause taken(DeviceGrant device, DeploymentName holder, DeploymentName asking) {
        return new Cause(
                "%s of node '%s' is taken by deployment '%s'".formatted(device.words(), node, holder),
                "node %s, deployment %s".formatted(node, asking),
                "withdraw deployment '%s', or deploy '%s' again: it looks for another node; what ran before goes on"
                        .formatted(holder, asking));
    }
}
