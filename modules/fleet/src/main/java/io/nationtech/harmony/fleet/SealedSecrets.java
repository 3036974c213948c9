package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.Signatures.Author;
import io.nationtech.harmony.fleet.Signatures.Place;
import io.nationtech.harmony.fleet.Signatures.Word;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subscription;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Secrets on their way to nodes, each sealed for one of them, and signed by who sealed it where there are logins: the key that is sealed for is public.
 * Every method throws {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public final class SealedSecrets {
    private final Documents<SealedForNode> secrets;
    private final FleetCodec codec;
    private final Signatures signatures;

    SealedSecrets(Mesh mesh, FleetCodec codec, Signatures signatures) {
        this.secrets = new Documents<>(mesh, FleetBucket.SEALED_SECRETS, this::read, SealedSecrets::key);
        this.codec = codec;
        this.signatures = signatures;
    }

    private Decoded<SealedForNode> read(Entry entry) {
        return place(entry.key()).map(place -> read(place, entry)).orElseGet(() -> codec.sealedForNode(entry.value()));
    }

    private Decoded<SealedForNode> read(Place place, Entry entry) {
        return switch (signatures.read(place, entry.value())) {
            case Word.Unchecked(Payload document) -> codec.sealedForNode(document);
            case Word.Signed(Payload document, Serial _) -> codec.sealedForNode(document);
            case Word.Revoked(Payload _, Serial _, Cause why) -> new Decoded.Unreadable<>(why);
            case Word.Unsigned(Payload _, Cause why) -> new Decoded.Unreadable<>(why);
            case Word.Refused(Cause why) -> new Decoded.Unreadable<>(why);
        };
    }

    /** Empty for a key that is none of ours: what stands there is for nobody. */
    private static Optional<Place> place(Key key) {
        return FleetKeys.node(key)
                .flatMap(node -> FleetKeys.deploymentOfSecret(key).map(deployment -> place(key, node, deployment)));
    }

    private static Place place(Key key, NodeId node, DeploymentName deployment) {
        return new Place(FleetBucket.SEALED_SECRETS.bucket(), key, new Author.Operator(node, deployment));
    }

    private static Key key(SealedForNode secret) {
        return FleetKeys.of(secret.node(), secret.deployment(), secret.secret().ref());
    }

    /** Puts a secret where its node finds it, in place of what was there. */
    public void put(SealedForNode secret) {
        new Named("secret '%s' of deployment '%s', sealed for node '%s',"
                        .formatted(secret.secret().ref(), secret.deployment(), secret.node()))
                .write(() -> secrets.bucket()
                        .put(
                                key(secret),
                                signatures.sign(
                                        place(key(secret), secret.node(), secret.deployment()),
                                        codec.encode(secret),
                                        Optional::empty)));
    }

    /** What is there for a node; what cannot be read counts as none. */
    public Optional<SealedForNode> get(NodeId node, DeploymentName deployment, SecretRef secret) {
        return secrets.get(FleetKeys.of(node, deployment, secret));
    }

    /** Why what is there for a node cannot be read. */
    public Optional<Cause> doubt(NodeId node, DeploymentName deployment, SecretRef secret) {
        return secrets.bucket()
                .get(FleetKeys.of(node, deployment, secret))
                .flatMap(entry -> secrets.decode(entry) instanceof Decoded.Unreadable<SealedForNode>(Cause why)
                        ? Optional.of(why)
                        : Optional.empty());
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

    /** Deletes those of a deployment, on all nodes that whoever does may tell something of it, but for those that are to stay. */
    public void forget(DeploymentName deployment, Map<NodeId, Set<SecretRef>> stay) {
        Bucket bucket = secrets.bucket();
        Set<Key> kept = stay.entrySet().stream()
                .flatMap(
                        node -> node.getValue().stream().map(secret -> FleetKeys.of(node.getKey(), deployment, secret)))
                .collect(Collectors.toSet());
        bucket.entries(KeyPattern.any().then(deployment.value()).thenAny()).entries().stream()
                .map(Entry::key)
                .filter(key -> !kept.contains(key))
                .filter(key -> FleetKeys.node(key)
                        .filter(node -> signatures.grant().covers(node, deployment))
                        .isPresent())
                .forEach(bucket::delete);
    }
}
