package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.Repository;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupOrder;
import io.nationtech.harmony.domain.backup.SavedState;
import io.nationtech.harmony.domain.backup.Snapshot;
import io.nationtech.harmony.domain.backup.WorkId;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Backups;
import io.nationtech.harmony.driver.Owned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Does what people ask for, and what the clock does. For any thread. */
final class Orders implements Backups {
    private static final int LISTED_AT_ONCE = 1;

    private final Tools tools;
    private final Worker worker;
    private final Consumer<DeploymentName> changed;
    private final Function<DeploymentName, List<Declared>> declared;
    private final AtomicLong lastId = new AtomicLong();
    private final Semaphore listings = new Semaphore(LISTED_AT_ONCE);

    /**
     * @param changed told of a deployment when something of its backups is another
     * @param declared the backups of a deployment
     */
    Orders(
            Tools tools,
            Worker worker,
            Consumer<DeploymentName> changed,
            Function<DeploymentName, List<Declared>> declared) {
        this.tools = tools;
        this.worker = worker;
        this.changed = changed;
        this.declared = declared;
    }

    void saveByTheClock(Declared wanted) {
        worker.add(saving(List.of(wanted), Set.of()), Worker.Turn.LAST);
    }

    @Override
    public BackupAnswer answer(DeploymentName deployment, BackupOrder order) {
        try {
            return switch (order) {
                case BackupOrder.Overview() -> list(deployment);
                case BackupOrder.Progress(WorkId work) ->
                    worker.find(work)
                            .orElseGet(() -> refused(
                                    "nothing is known of work %s".formatted(work),
                                    deployment,
                                    "`harmony backup list %s` shows what there is; ask again".formatted(deployment)));
                case BackupOrder.Run(Set<ResourceId> data) ->
                    begin(deployment, data, wanted -> saving(wanted, data), Worker.Turn.LAST);
                case BackupOrder.Verify(Set<ResourceId> data) ->
                    begin(deployment, data, wanted -> verifying(wanted, data), Worker.Turn.LAST);
                case BackupOrder.Restore restore ->
                    begin(deployment, restore.data(), wanted -> restoring(wanted, restore), Worker.Turn.NEXT);
            };
        } catch (RuntimeUnavailableException e) {
            return new BackupAnswer.Refused(e.why());
        }
    }

    private BackupAnswer begin(
            DeploymentName deployment, Set<ResourceId> data, Function<List<Declared>, Work> work, Worker.Turn turn) {
        List<Declared> wanted = declared.apply(deployment).stream()
                .filter(one -> !one.of(data).isEmpty())
                .toList();
        if (wanted.isEmpty()) {
            return refused(
                    data.isEmpty()
                            ? "deployment '%s' has no backup here".formatted(deployment)
                            : "deployment '%s' has no backup of %s here"
                                    .formatted(
                                            deployment,
                                            data.stream()
                                                    .map(ResourceId::path)
                                                    .sorted()
                                                    .collect(Collectors.joining(", "))),
                    deployment,
                    "`harmony backup list %s` shows what there is".formatted(deployment));
        }
        Work begun = work.apply(wanted);
        worker.add(begun, turn);
        return new BackupAnswer.Begun(begun.id());
    }

    private static BackupAnswer refused(String what, DeploymentName deployment, String next) {
        return new BackupAnswer.Refused(new Cause(what, "deployment %s on this node".formatted(deployment), next));
    }

    private Work saving(List<Declared> wanted, Set<ResourceId> data) {
        return work("save", wanted, (one, progress) -> new Saving(tools, one).run(data, progress));
    }

    private Work verifying(List<Declared> wanted, Set<ResourceId> data) {
        return work("verify", wanted, (one, progress) -> new Verifying(tools, one).run(data, progress));
    }

    /** All that is to be restored is kept on disk before the first is, so that all of it is gone on with. */
    private Work restoring(List<Declared> wanted, BackupOrder.Restore order) {
        WorkId id = next("restore");
        return new Work(id, about(wanted), progress -> {
            List<Restorer> restorers =
                    wanted.stream().map(one -> new Restorer(tools, one)).toList();
            List<Restoring> all = new ArrayList<>();
            for (Restorer restorer : restorers) {
                all.add(restorer.choose(id, order));
            }
            for (int i = 0; i < all.size(); i++) {
                restorers.get(i).keep(all.get(i));
            }
            try {
                List<String> done = new ArrayList<>();
                for (int i = 0; i < all.size(); i++) {
                    Restorer restorer = restorers.get(i);
                    Restoring restoring = all.get(i);
                    done.add(telling(wanted.get(i), () -> restorer.run(restoring, progress)));
                }
                return String.join("; ", done);
            } finally {
                // Only what an agent did not get to is gone on with by the next.
                if (!worker.isClosed()) {
                    restorers.forEach(Restorer::forget);
                }
            }
        });
    }

    /** What is done with each. */
    private interface Part {
        String run(Declared wanted, Consumer<String> progress) throws BackupFailedException, InterruptedException;
    }

    private Work work(String name, List<Declared> wanted, Part part) {
        return new Work(next(name), about(wanted), progress -> {
            List<String> done = new ArrayList<>();
            for (Declared one : wanted) {
                done.add(telling(one, () -> part.run(one, progress)));
            }
            return String.join("; ", done);
        });
    }

    private WorkId next(String name) {
        long now = tools.clock().instant().toEpochMilli();
        return new WorkId("%s-%d".formatted(name, lastId.updateAndGet(last -> Math.max(last + 1, now))));
    }

    private static Set<Owned> about(List<Declared> wanted) {
        return wanted.stream().map(Declared::owned).collect(Collectors.toSet());
    }

    /** Something long. */
    private interface Doing {
        String run() throws BackupFailedException, InterruptedException;
    }

    private String telling(Declared one, Doing doing) throws BackupFailedException, InterruptedException {
        DeploymentName deployment = one.owned().deployment();
        changed.accept(deployment);
        try {
            return doing.run();
        } finally {
            changed.accept(deployment);
        }
    }

    private BackupAnswer list(DeploymentName deployment) {
        List<Declared> wanted = declared.apply(deployment);
        if (!listings.tryAcquire()) {
            return refused("somebody is answered already", deployment, "ask again in a moment");
        }
        try {
            Set<Snapshot> snapshots = new HashSet<>();
            Set<Repository> seen = new HashSet<>();
            for (Declared one : wanted) {
                if (seen.add(one.backup().repository())) {
                    try (Restic restic = tools.open(one.backup().repository(), one.means(), Restic.IfAbsent.LEAVE)) {
                        snapshots.addAll(restic.snapshots(deployment));
                    }
                }
            }
            return new BackupAnswer.Listed(states(wanted), newest(snapshots));
        } catch (BackupFailedException e) {
            return new BackupAnswer.Refused(e.why());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("it was ended, as the agent ends", deployment, "ask again in a moment");
        } finally {
            listings.release();
        }
    }

    private List<SavedState> states(List<Declared> wanted) {
        return wanted.stream()
                .flatMap(one -> {
                    Optional<BackupRecord> known = tools.kept().find(one.owned());
                    return one.backup().data().stream()
                            .map(data -> new SavedState(
                                    data.id(),
                                    known.flatMap(record -> Optional.ofNullable(
                                                    record.good().get(data.id())))
                                            .map(BackupRecord.Good::at)));
                })
                .toList();
    }

    private static List<Snapshot> newest(Set<Snapshot> snapshots) {
        return snapshots.stream()
                .sorted(Comparator.comparing(Snapshot::at)
                        .reversed()
                        .thenComparing(snapshot -> snapshot.id().value()))
                .limit(BackupAnswer.Listed.MOST)
                .toList();
    }
}
