package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Lowering;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A service whose replicas decide by majority. It is only placed such that the loss of any one failure domain leaves one.
 *
 * @param members an odd number of replicas, three or more
 */
public record QuorumService(ContainerService members) implements Score<ContainerRuntime> {
    private static final int FEWEST = 3;

    public QuorumService {
        int count = members.replicas().count();
        if (count < FEWEST || count % 2 == 0) {
            throw new InvalidValueException(
                            "quorum '%s' of %d replicas survives the loss of no more of them than one of %d"
                                    .formatted(members.name(), count, Math.max(1, count - 1)))
                    .about(members)
                    .suggesting(Integer.toString(Math.max(FEWEST, count + 1)));
        }
    }

    /**
     * @throws InvalidValueException when the service has an even number of replicas, or fewer than three
     */
    public static QuorumService of(ContainerService members) {
        return new QuorumService(members);
    }

    /** The same service, whose replicas read secrets from the files {@code /run/secrets/<name>}. */
    public <C extends ContainerRuntime & SecretStore> ServiceWithSecrets<C> reads(
            SecretRef first, SecretRef... others) {
        return ServiceWithSecrets.of(this, first, others);
    }

    @Override
    public ServiceName name() {
        return members.name();
    }

    /** How many replicas may be lost with a majority left. */
    public Replicas spare() {
        return new Replicas((members.replicas().count() - 1) / 2);
    }

    @Override
    public Lowering lower(DeploymentName deployment, Inventory inventory) {
        return switch (members.lower(deployment, inventory)) {
            case Lowering.Placed placed
            when together(placed.resources().keySet(), inventory) > spare().count() ->
                new Lowering.Unplaceable(new Cause(
                        "quorum '%s' of %d replicas would have %d of them in one failure domain; with it the majority is gone"
                                .formatted(
                                        name(),
                                        members.replicas().count(),
                                        together(placed.resources().keySet(), inventory)),
                        "placement of deployment '%s'".formatted(deployment),
                        "add nodes in other failure domains; `harmony node list` shows the nodes"));
            case Lowering.Placed placed -> placed;
            case Lowering.Unplaceable unplaceable -> unplaceable;
        };
    }

    /** The most replicas that one failure domain has. */
    private static long together(Collection<NodeId> chosen, Inventory inventory) {
        Map<FailureDomain, Long> counts = inventory.nodes().stream()
                .map(NodeStatus::info)
                .filter(node -> chosen.contains(node.id()))
                .collect(Collectors.groupingBy(node -> node.failureDomain(), Collectors.counting()));
        return counts.values().stream().max(Long::compare).orElse(0L);
    }
}
