package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a node is with a deployment.
 *
 * @param revision of the desired state that this answers
 * @param resources what there is, wanted or not
 * @param since when the node began to be so far with that revision, by its own clock; empty when it did not say
 * @param address where others reach what the node publishes; empty when it did not say
 * @param serves ports of services that take connections there
 * @param notBefore what was signed as of an earlier time the node refuses; empty when nothing that it was told is signed
 */
public record NodeState(
        NodeId node,
        DeploymentName deployment,
        long revision,
        Convergence convergence,
        List<ResourceStatus> resources,
        Optional<Instant> since,
        Optional<IpAddress> address,
        List<ServedPort> serves,
        Optional<Instant> notBefore) {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public NodeState {
        resources = List.copyOf(resources);
        serves = List.copyOf(serves);
        if (notBefore.filter(LATEST::isBefore).isPresent()) {
            throw new InvalidValueException(
                    "nothing is signed as of %s; %s is the latest".formatted(notBefore.get(), LATEST));
        }
    }

    /** One that does not say since when, and serves nobody. */
    public NodeState(
            NodeId node,
            DeploymentName deployment,
            long revision,
            Convergence convergence,
            List<ResourceStatus> resources) {
        this(
                node,
                deployment,
                revision,
                convergence,
                resources,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** The same, and since when. */
    public NodeState since(Instant time) {
        return new NodeState(
                node, deployment, revision, convergence, resources, Optional.of(time), address, serves, notBefore);
    }

    /** The same, with where others reach what the node publishes. */
    public NodeState at(IpAddress where) {
        return new NodeState(
                node, deployment, revision, convergence, resources, since, Optional.of(where), serves, notBefore);
    }

    /** The same, with what takes connections. */
    public NodeState serving(List<ServedPort> ports) {
        return new NodeState(node, deployment, revision, convergence, resources, since, address, ports, notBefore);
    }

    /** The same, with what is refused. */
    public NodeState refusingBefore(Optional<Instant> time) {
        return new NodeState(node, deployment, revision, convergence, resources, since, address, serves, time);
    }

    /** Whether the node is as far with the same revision as it was, whatever it says beside that. */
    public boolean isAsFarAs(NodeState before) {
        return revision == before.revision && convergence.getClass() == before.convergence.getClass();
    }
}
