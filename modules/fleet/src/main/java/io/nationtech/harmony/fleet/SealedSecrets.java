package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Subscription;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Secrets on their way to nodes, each sealed for one of them. Every method throws
 * {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public final class SealedSecrets {
    private final Documents<SealedForNode> secrets;
    private final FleetCodec codec;

    SealedSecrets(Mesh mesh, FleetCodec codec) {
        this.secrets = Documents.plain(mesh, FleetBucket.SEALED_SECRETS, codec::sealedForNode, SealedSecrets::key);
        this.codec = codec;
    }

    private static Key key(SealedForNode secret) {
        return FleetKeys.of(secret.node(), secret.deployment(), secret.secret().ref());
    }

    /** Puts a secret where its node finds it, in place of what was there. */
    public void put(SealedForNode secret) {
        new Named("secret '%s' of deployment '%s', sealed for node '%s',"
                        .formatted(secret.secret().ref(), secret.deployment(), secret.node()))
                .write(() -> secrets.bucket().put(key(secret), codec.encode(secret)));
    }

    /** What is there for a node; what cannot be read counts as none. */
    public Optional<SealedForNode> get(NodeId node, DeploymentName deployment, SecretRef secret) {
        return secrets.get(FleetKeys.of(node, deployment, secret));
    }

    /** Tells of a secret that is sealed for a node, now and whenever another is. */
    public Subscription watch(
            NodeId node, DeploymentName deployment, SecretRef secret, Consumer<SealedForNode> listener) {
        return secrets.watch(FleetKeys.of(node, deployment, secret), listener);
    }

    /** Deletes those of a node. */
    public void forget(NodeId node) {
        Documents.clear(secrets.bucket(), KeyPattern.under(Key.of(node.value())));
    }

    /** Deletes those of a deployment, on all nodes, but for those that are to stay. */
    public void forget(DeploymentName deployment, Map<NodeId, Set<SecretRef>> stay) {
        Bucket bucket = secrets.bucket();
        Set<Key> kept = stay.entrySet().stream()
                .flatMap(
                        node -> node.getValue().stream().map(secret -> FleetKeys.of(node.getKey(), deployment, secret)))
                .collect(Collectors.toSet());
        bucket.entries(KeyPattern.any().then(deployment.value()).thenAny()).entries().stream()
                .map(Entry::key)
                .filter(key -> !kept.contains(key))
                .forEach(bucket::delete);
    }
}
