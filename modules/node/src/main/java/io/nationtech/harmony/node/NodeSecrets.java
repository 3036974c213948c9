package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.fleet.SealedSecrets;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Unsealing;
import io.nationtech.harmony.secrets.Unsealing.Opened;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The secrets of a node: got from the mesh and kept on disk as they are sealed, opened only for as long as it takes to hand one to
 * a container. Safe for use by several threads, one per deployment.
 */
public final class NodeSecrets {
    private static final Logger LOG = System.getLogger(NodeSecrets.class.getName());
    /** A reading of the mesh may be late; whoever told of a secret has sealed it before. */
    private static final Duration LATEST = Duration.ofSeconds(3);

    private final Optional<Means> means;

    private record Means(
            NodeId node, Supplier<Optional<Unsealing>> unsealing, SealedSecretStore store, SealedSecrets sealed) {}

    private NodeSecrets(Optional<Means> means) {
        this.means = means;
    }

    /**
     * @param unsealing with the node's key, once there is one; whoever made it closes it
     */
    public static NodeSecrets of(
            NodeId node, Supplier<Optional<Unsealing>> unsealing, SealedSecretStore store, SealedSecrets sealed) {
        return new NodeSecrets(Optional.of(new Means(node, unsealing, store, sealed)));
    }

    /** Of a node that can open none. */
    public static NodeSecrets none() {
        return new NodeSecrets(Optional.empty());
    }

    /**
     * Sees to it that every secret that a deployment reads is on the disk and can be opened.
     *
     * @return why that is not so
     */
    Optional<Cause> gather(DesiredState state) throws InterruptedException {
        for (MountedSecret secret : of(state)) {
            Optional<Cause> missing = lend(state.deployment(), secret, Patience.UNTIL_IT_COMES, _ -> {});
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /** The values for the containers of a deployment. */
    SecretValues values(DeploymentName deployment) {
        return (secret, reader) -> {
            try {
                return lend(deployment, secret, Patience.NONE, reader);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of(trouble(secret, "the agent stops"));
            }
        };
    }

    /** Deletes from the disk what a deployment does not read any more. */
    void keepOnly(DesiredState state) {
        keepOnly(state.deployment(), of(state));
    }

    /** Deletes all that there is of a deployment. */
    void forget(DeploymentName deployment) {
        keepOnly(deployment, Set.of());
    }

    private void keepOnly(DeploymentName deployment, Set<MountedSecret> secrets) {
        try {
            if (means.isPresent()) {
                means.get().store().keepOnly(deployment, secrets);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Deployment {0}: cannot delete old sealed secrets: {1}", deployment, e.getMessage());
        }
    }

    private static Set<MountedSecret> of(DesiredState state) {
        return Claim.of(state.resources()).secrets();
    }

    private enum Patience {
        NONE,
        UNTIL_IT_COMES
    }

    private Optional<Cause> lend(
            DeploymentName deployment, MountedSecret secret, Patience patience, Consumer<byte[]> reader)
            throws InterruptedException {
        if (means.isEmpty()) {
            return SecretValues.none().lend(secret, reader);
        }
        Optional<Unsealing> key = means.get().unsealing().get();
        if (key.isEmpty()) {
            return Optional.of(trouble(secret, "it has no key of its own, `journalctl -u harmony` there says why"));
        }
        Wish wish =
                new Wish(deployment, secret, NodeKey.of(key.get().recipient().value()));
        try {
            Optional<SealedForNode> inHand = kept(means.get(), wish);
            if (inHand.isEmpty()) {
                inHand = fetched(means.get(), wish, patience);
            }
            return inHand.isEmpty()
                    ? Optional.of(trouble(secret, absence(means.get(), wish)))
                    : lend(key.get(), secret, inHand.get(), reader);
        } catch (IOException e) {
            return Optional.of(new Cause(
                    "the sealed secret '%s' cannot be kept on disk: %s"
                            .formatted(secret.ref().name(), e.getMessage()),
                    "this node",
                    "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on"));
        } catch (MeshUnavailableException e) {
            return Optional.of(trouble(secret, "it is not on the disk, and the mesh is away"));
        }
    }

    /** What is sealed for a key that this node had before is of no use. */
    private record Wish(DeploymentName deployment, MountedSecret secret, NodeKey key) {
        boolean isMetBy(SealedForNode sealed) {
            return sealed.secret().equals(secret) && sealed.key().equals(key);
        }
    }

    private static Optional<SealedForNode> kept(Means means, Wish wish) throws IOException {
        return means.store().load(wish.deployment(), wish.secret()).filter(wish::isMetBy);
    }

    private static Optional<SealedForNode> fetched(Means means, Wish wish, Patience patience)
            throws InterruptedException, IOException {
        SecretRef ref = wish.secret().ref();
        Optional<SealedForNode> found =
                means.sealed().get(means.node(), wish.deployment(), ref).filter(wish::isMetBy);
        if (found.isEmpty() && patience == Patience.UNTIL_IT_COMES) {
            found = awaited(means, wish);
        }
        if (found.isPresent()) {
            means.store().save(found.get());
        }
        return found;
    }

    private static String absence(Means means, Wish wish) {
        return means.sealed()
                .doubt(means.node(), wish.deployment(), wish.secret().ref())
                .map(Cause::what)
                .orElse("it is not in the mesh, sealed for this node's key");
    }

    private static Optional<SealedForNode> awaited(Means means, Wish wish) throws InterruptedException {
        CompletableFuture<SealedForNode> sealed = new CompletableFuture<>();
        try (Subscription _ = means.sealed()
                .watch(means.node(), wish.deployment(), wish.secret().ref(), one -> {
                    if (wish.isMetBy(one)) {
                        sealed.complete(one);
                    }
                })) {
            return Optional.of(sealed.get(LATEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Cause> lend(
            Unsealing key, MountedSecret secret, SealedForNode sealed, Consumer<byte[]> reader) {
        return switch (key.open(secret.ref(), sealed.sealed())) {
            case Opened.Refused(Cause cause) -> Optional.of(cause);
            case Opened.Value(SecretLookup.Held held) -> {
                try (Secret value = held.secret()) {
                    if (held.version() != secret.version()) {
                        yield Optional.of(trouble(secret, "what is sealed is version " + held.version()));
                    }
                    value.read(bytes -> {
                        reader.accept(bytes);
                        return bytes.length;
                    });
                    yield Optional.empty();
                }
            }
        };
    }

    private static Cause trouble(MountedSecret secret, String why) {
        return new Cause(
                "this node has not got version %d of secret '%s': %s"
                        .formatted(secret.version(), secret.ref().name(), why),
                "this node",
                "deploy again, so that it is sealed for this node; what ran before goes on");
    }
}
