package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.NodeReports;
import io.nationtech.harmony.mesh.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What all nodes say of one deployment, by one watch. */
final class NodeStateWatch implements AutoCloseable {
    private final Map<NodeId, NodeState> newest = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final Subscription watch;

    private NodeStateWatch(NodeReports reports, DeploymentName deployment) {
        this.watch = reports.watchStates(deployment, this::hear);
    }

    static NodeStateWatch open(NodeReports reports, DeploymentName deployment) {
        return new NodeStateWatch(reports, deployment);
    }

    private void hear(NodeState state) {
        newest.put(state.node(), state);
        news.release();
    }

    /** Whoever waits for news goes on. */
    void wake() {
        news.release();
    }

    /** What the node said last, if it answers this revision or a newer one. */
    Optional<NodeState> of(NodeId node, long revision) {
        return Optional.ofNullable(newest.get(node)).filter(state -> state.revision() >= revision);
    }

    /** Waits until a node said something that was not waited for yet; returns early when so much time is over. */
    void awaitNews(Duration atMost) throws InterruptedException {
        if (news.tryAcquire(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
