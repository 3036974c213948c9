package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.rollout.OnFailure;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollout whose runner ends just after it told a node what that does not bear. */
class NodeRollbackTest {
    private static final NodeId NODE = NodeId.of("n1");
    private static final Rollout TERMS =
            Rollout.DEFAULT.deadline(Duration.ofSeconds(2)).onFailure(OnFailure.ROLL_BACK);

    @TempDir
    private Path folder;

    /** Ends a runner, whatever it holds. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void theNodeGoesBackByItselfAndWhoeverTakesTheRolloutOverFindsThatItFailed() throws Exception {
        try (Lab lab = new Lab(folder).with("n1")) {
            Deployment<ContainerRuntime> first = lab.website(1, 1).rollout(TERMS);
            assertInstanceOf(DeployResult.Deployed.class, lab.deployer().deploy(first));
            lab.images.serveSick(Lab.image("web:2"));
            Deployer dying = new Deployer(
                    new Fleet(diesOnceANodeIsTold(lab.mesh), new JsonFleetCodec()),
                    lab.journals,
                    Lab.ALICE,
                    ApplyTerms.careful(Duration.ofSeconds(30), new Recorded()));

            assertThrows(Died.class, () -> dying.deploy(lab.website(2, 1).rollout(TERMS)));

            Eventually.holds("the node went back", () -> failure(lab).startsWith("returned to revision "));
            Eventually.holds(
                    "version 1 runs",
                    () -> lab.runtimes.get("n1").done().getLast().contains("web:1"));
            long began = System.nanoTime();
            Optional<DeployResult> end = lab.deployer().carryOn(Lab.WEBSITE);
            assertTrue(
                    assertInstanceOf(DeployResult.Failed.class, end.orElseThrow())
                            .causes()
                            .getFirst()
                            .what()
                            .startsWith("the rollout went back, as too many nodes failed: returned to revision "),
                    end::toString);
            assertTrue(
                    Duration.ofNanos(System.nanoTime() - began)
                                    .compareTo(TERMS.pace().deadline())
                            < 0,
                    "nobody waited for a deadline once more");
            assertEquals(
                    new Convergence.Converged(),
                    lab.fleet
                            .nodeReports()
                            .state(NODE, Lab.WEBSITE)
                            .orElseThrow()
                            .convergence());
        }
    }

    private static String failure(Lab lab) {
        return lab.fleet
                .nodeReports()
                .state(NODE, Lab.WEBSITE)
                .map(NodeState::convergence)
                .filter(Convergence.Failed.class::isInstance)
                .map(failed -> ((Convergence.Failed) failed).cause().what())
                .orElse("");
    }

    private static Mesh diesOnceANodeIsTold(Mesh mesh) {
        AtomicBoolean told = new AtomicBoolean();
        return WatchedWrites.of(mesh, (bucket, _) -> {
            if (told.get()) {
                throw new Died();
            }
            told.set(bucket.value().equals("desired-state"));
        });
    }
}
