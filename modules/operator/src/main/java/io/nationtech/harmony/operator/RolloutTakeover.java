package io.nationtech.harmony.operator;

import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.ApplyTerms;
import io.nationtech.harmony.engine.DeployProgress;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Deployer;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Carries on rollouts that nobody runs any more, of whichever deployment: all that is needed is kept in the mesh. Looks every 10 s; a
 * rollout whose record did not change meanwhile may have lost its runner, and whether it has, its lease tells within 17 s. Of several
 * that try one gets it.
 */
public final class RolloutTakeover implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RolloutTakeover.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** One that stands still though its runner lives is looked at again after so many looks. */
    private static final int PATIENT_LOOKS = 6;

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Fleet fleet;
    private final Journals journals;
    private final Author author;
    private final Duration every;
    private final Map<DeploymentName, Seen> seen = new HashMap<>();
    private final Map<DeploymentName, Thread> carrying = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("rollouts").unstarted(this::lookUntilInterrupted);

    /** For how many looks a record has not changed. */
    private record Seen(long revision, int looks) {}

    /**
     * @param author as whom rollouts are carried on
     */
    public RolloutTakeover(Fleet fleet, Journals journals, Author author) {
        this(fleet, journals, author, EVERY);
    }

    RolloutTakeover(Fleet fleet, Journals journals, Author author, Duration every) {
        this.fleet = fleet;
        this.journals = journals;
        this.author = author;
        this.every = every;
    }

    /** Begins; returns at once. The mesh may come and go. */
    public void start() {
        thread.start();
    }

    private void lookUntilInterrupted() {
        try {
            while (true) {
                look();
                TimeUnit.MILLISECONDS.sleep(every.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "No longer looking for rollouts");
        }
    }

    private void look() {
        try {
            fleet.rollouts().all().stream().filter(RolloutTakeover::isToGoOn).forEach(this::look);
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "Will look for rollouts again: {0}", e.getMessage());
        } catch (RuntimeException e) {
            // The edge of a thread: what is kept may be anything, and be written anew.
            LOG.log(Level.WARNING, "Cannot look for rollouts, and will try again: {0}", e.getMessage());
        }
    }

    private static boolean isToGoOn(Versioned<RolloutRecord> rollout) {
        return switch (rollout.value().progress().verdict()) {
            case Verdict.Running(), Verdict.RollingBack _ -> true;
            case Verdict.Done(), Verdict.Paused _ -> false;
            case Verdict.Stopped _, Verdict.RolledBack _ -> false;
        };
    }

    private void look(Versioned<RolloutRecord> rollout) {
        DeploymentName name = rollout.value().deployment();
        Seen now = seen.merge(
                name,
                new Seen(rollout.revision(), 0),
                (before, first) ->
                        before.revision() == first.revision() ? new Seen(first.revision(), before.looks() + 1) : first);
        if (now.looks() % PATIENT_LOOKS == 1) {
            carrying.computeIfAbsent(
                    name, _ -> Thread.ofVirtual().name("rollout " + name).start(() -> carryOn(name)));
        }
    }

    private void carryOn(DeploymentName name) {
        try {
            new Deployer(fleet, journals, author, ApplyTerms.careful(TIMEOUT, DeployProgress.silent()))
                    .carryOn(name)
                    .ifPresent(result -> LOG.log(
                            Level.INFO,
                            "Carried on the rollout of deployment {0}: {1}",
                            name,
                            switch (result) {
                                case DeployResult.Deployed _ -> "it is done";
                                case DeployResult.Failed(var causes) -> causes.getFirst();
                            }));
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "The rollout of {0} is looked at again: {1}", name, e.getMessage());
        } catch (Throwable e) {
            // The edge of a thread: somebody tries again.
            LOG.log(Level.ERROR, "The rollout of deployment %s cannot be carried on".formatted(name), e);
        } finally {
            carrying.remove(name);
        }
    }

    /** Ends what is under way, after the step that it is in; somebody else goes on from there. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            if (thread.isAlive()) {
                thread.join();
            }
            for (Thread one : carrying.values()) {
                one.interrupt();
                one.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
