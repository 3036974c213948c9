package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.mesh.Key;
import java.util.List;
import java.util.Optional;

/** Under which keys the fleet's data is kept. */
final class FleetKeys {
    /** Below a node's name: no deployment's name has a part more. */
    static final List<String> MAINTENANCE = List.of("node", "maintenance");

    private FleetKeys() {}

    static Key of(NodeId node, DeploymentName deployment) {
        return Key.of(node.value(), deployment.value());
    }

    static Key of(NodeId node, DeploymentName deployment, SecretRef secret) {
        return Key.of(node.value(), deployment.value(), secret.name());
    }

    static Key endpoints(DeploymentName deployment, NodeId node) {
        return Key.of(deployment.value(), node.value());
    }

    /** That somebody works on a node stands among what it is told, so that whoever tells it something on a condition learns of it. */
    static Key maintenance(NodeId node) {
        return Key.of(node.value(), MAINTENANCE.getFirst(), MAINTENANCE.getLast());
    }

    static boolean isMaintenance(Key key) {
        return key.parts().size() == 3 && key.parts().subList(1, 3).equals(MAINTENANCE);
    }

    /** Whose key it is; anybody with the right may write any key. */
    static Optional<NodeId> node(Key key) {
        try {
            return Optional.of(NodeId.of(key.parts().getFirst()));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** Of a node's deployment; anybody with the right may write any key, so one that is not ours is no reason to stop. */
    static Optional<DeploymentName> deployment(Key key) {
        return second(key, 2);
    }

    /** Of a secret that is sealed for a node. */
    static Optional<DeploymentName> deploymentOfSecret(Key key) {
        return second(key, 3);
    }

    private static Optional<DeploymentName> second(Key key, int parts) {
        try {
            return key.parts().size() == parts
                    ? Optional.of(DeploymentName.of(key.parts().get(1)))
                    : Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    static Cause misplaced(Key key, Key own) {
        return new Cause(
                "what is kept under '%s' says of itself that it belongs under '%s'".formatted(key, own),
                "mesh, key '%s'".formatted(key),
                "find out who wrote it; delete the key, then deploy again");
    }
}
