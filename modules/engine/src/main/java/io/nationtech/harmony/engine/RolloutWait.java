package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.Subscription;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Waits for one node to follow what it was told under a revision. */
final class RolloutWait {
    private final Fleet fleet;
    private final NodeId node;
    private final DeploymentName deployment;
    private final long revision;
    private final CompletableFuture<Optional<Cause>> end = new CompletableFuture<>();
    private final AtomicReference<String> last = new AtomicReference<>("it said nothing");

    private RolloutWait(Fleet fleet, NodeId node, DeploymentName deployment, long revision) {
        this.fleet = fleet;
        this.node = node;
        this.deployment = deployment;
        this.revision = revision;
    }

    static RolloutWait of(Fleet fleet, NodeId node, DeploymentName deployment, long revision) {
        return new RolloutWait(fleet, node, deployment, revision);
    }

    /** Empty when the node followed. */
    Optional<Cause> within(Duration patience) {
        try (Subscription _ = fleet.watchNodeState(node, deployment, this::hear)) {
            return end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of(late("did not follow within %d s".formatted(patience.toSeconds())));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(late("was not waited for any longer, as the deploy was interrupted"));
        }
    }

    private void hear(NodeState state) {
        if (state.revision() < revision) {
            return;
        }
        switch (state.convergence()) {
            case Convergence.Converged() -> end.complete(Optional.empty());
            case Convergence.Failed(Cause cause) -> end.complete(Optional.of(cause));
            case Convergence.Converging() -> last.set("it is still converging" + unready(state));
        }
    }

    private static String unready(NodeState state) {
        return state.resources().stream()
                .filter(resource -> !resource.isAsWanted())
                .map(resource -> ", %s is %s and %s%s"
                        .formatted(
                                resource.id(),
                                word(resource.phase()),
                                word(resource.health()),
                                resource.detail().map(more -> " (" + more + ")").orElse("")))
                .collect(Collectors.joining());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private Cause late(String how) {
        return new Cause(
                "node '%s' %s: %s".formatted(node, how, last.get()),
                "node %s, deployment %s".formatted(node, deployment),
                "`harmony node show %s` and `harmony logs %s` say more; the node goes on trying"
                        .formatted(node, deployment));
    }
}
