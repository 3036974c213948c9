package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;

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

    @Override
    public List<ServiceName> previously() {
        return members.previously();
    }

    /** How many replicas may be lost with a majority left. */
    public Replicas spare() {
        return new Replicas((members.replicas().count() - 1) / 2);
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return new Expansion.Runs(
                members.tasks(deployment, members.terms().spread(SpreadOver.atMostInFailureDomain(spare()))));
    }
}
