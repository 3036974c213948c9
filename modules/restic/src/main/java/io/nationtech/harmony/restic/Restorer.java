package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.SavedData;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupOrder;
import io.nationtech.harmony.domain.backup.Snapshot;
import io.nationtech.harmony.domain.backup.WorkId;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.programs.Output;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts copies in the place of what there is. What is to be restored is kept on disk before anything is done, so that an agent that is ended in
 * between goes on with it; each volume is exchanged as a whole.
 */
record Restorer(Tools tools, Declared declared) {
    private static final Logger LOG = System.getLogger(Restorer.class.getName());
    private static final Duration LOADING = Duration.ofHours(12);

    /** Chooses the copies that are meant. */
    Restoring choose(WorkId work, BackupOrder.Restore order) throws BackupFailedException, InterruptedException {
        List<Copy> copies = new ArrayList<>();
        try (Restic restic = tools.open(declared.backup().repository(), declared.means(), Restic.IfAbsent.FAIL)) {
            List<Snapshot> all = restic.snapshots(deployment());
            for (SavedData data : declared.of(order.data())) {
                chosen(all, data.id(), order).ifPresent(snapshot -> copies.add(new Copy(data.id(), snapshot.id())));
            }
        }
        if (copies.isEmpty()) {
            throw new BackupFailedException(new Cause(
                    "there is no such copy of %s"
                            .formatted(declared.of(order.data()).stream()
                                    .map(data -> data.id().path())
                                    .toList()),
                    "backups in %s".formatted(declared.backup().repository()),
                    "`harmony backup list %s` shows those that there are".formatted(deployment())));
        }
        return new Restoring(work, copies);
    }

    /** From now on it is gone on with, whatever becomes of the agent. */
    void keep(Restoring restoring) {
        tools.kept().keep(declared.owned(), restoring);
    }

    /** Nobody goes on with it. */
    void forget() {
        tools.kept().forgetRestoring(declared.owned());
    }

    /** Does it with the containers at rest. */
    String run(Restoring restoring, Consumer<String> progress) throws BackupFailedException, InterruptedException {
        try (NodeData.Hold _ = hold(restoring)) {
            return resting(restoring, progress);
        } catch (RuntimeUnavailableException e) {
            tools.kept().forgetRestoring(declared.owned());
            throw new BackupFailedException(e.why());
        }
    }

    private static Optional<Snapshot> chosen(List<Snapshot> newestFirst, ResourceId data, BackupOrder.Restore order) {
        return newestFirst.stream()
                .filter(snapshot -> snapshot.data().equals(data))
                .filter(snapshot -> order.snapshot()
                        .filter(id -> !snapshot.id().isMeantBy(id))
                        .isEmpty())
                .filter(snapshot -> order.latest()
                        .filter(latest -> snapshot.at().isAfter(latest))
                        .isEmpty())
                .findFirst();
    }

    /** Those that use what is restored as files rest until all of it is. */
    NodeData.Hold hold(Restoring restoring) {
        Set<ContainerName> users = new HashSet<>();
        for (SavedData data : declared.backup().data()) {
            if (data instanceof SavedData.Files && copy(restoring, data).isPresent()) {
                users.addAll(data.users());
            }
        }
        return users.isEmpty() ? () -> {} : declared.means().data().hold(deployment(), users, NodeData.Rest.STOPPED);
    }

    private static Optional<Copy> copy(Restoring restoring, SavedData data) {
        return restoring.copies().stream()
                .filter(copy -> copy.data().equals(data.id()))
                .findFirst();
    }

    /** Does it; whoever calls holds the containers. One that fails is not tried again by itself: what was there before is there. */
    String resting(Restoring restoring, Consumer<String> progress) throws BackupFailedException, InterruptedException {
        List<String> done = new ArrayList<>();
        try (Restic restic = tools.open(declared.backup().repository(), declared.means(), Restic.IfAbsent.FAIL)) {
            for (SavedData data : declared.backup().data()) {
                Optional<Copy> copy = copy(restoring, data);
                if (copy.isPresent()) {
                    switch (data) {
                        case SavedData.Files files -> restore(restic, files, copy.get(), progress);
                        case SavedData.Dumped dumped -> load(restic, dumped, copy.get(), progress);
                    }
                    done.add("%s is as in snapshot %s"
                            .formatted(data.id().path(), copy.get().id().brief()));
                }
            }
            tools.kept().forgetRestoring(declared.owned());
        } catch (BackupFailedException e) {
            tools.kept().forgetRestoring(declared.owned());
            throw e;
        } catch (RuntimeUnavailableException e) {
            tools.kept().forgetRestoring(declared.owned());
            throw new BackupFailedException(e.why());
        }
        LOG.log(Level.INFO, "Deployment {0}: restored: {1}", deployment(), done);
        return String.join("; ", done);
    }

    private void restore(Restic restic, SavedData.Files files, Copy copy, Consumer<String> progress)
            throws BackupFailedException, InterruptedException {
        Path folder = declared.means()
                .data()
                .volume(deployment(), files.volume())
                .orElseThrow(() -> new BackupFailedException(new Cause(
                        "there is no volume '%s' on this node".formatted(files.volume()),
                        "deployment " + deployment(),
                        "deploy first, so that its service makes one; then restore")));
        Volumes volumes = new Volumes(tools.tool());
        Path aside = volumes.aside(folder);
        try {
            restic.restore(copy, aside, progress);
            volumes.exchange(folder, aside);
        } finally {
            if (!Thread.currentThread().isInterrupted()) {
                volumes.discard(aside);
            }
        }
    }

    /** All of it is here before the database is touched. */
    private void load(Restic restic, SavedData.Dumped dumped, Copy copy, Consumer<String> progress)
            throws BackupFailedException, InterruptedException {
        Path file = tools.disk().resolve("loading");
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, DurableFile.OWNER_ONLY);
            restic.restoreDump(copy, file);
            progress.accept("%s: is loaded".formatted(copy.data().path()));
            Program loader = Program.of(declared.means()
                    .data()
                    .command(deployment(), dumped.container(), dumped.dump().load()));
            Tool.Result ended =
                    tools.tool().run(loader.in(Path.of("/")).reading(file).writing(new Output.Dropped()), LOADING);
            if (!ended.isGood()) {
                throw new BackupFailedException(new Cause(
                        "%s cannot be loaded: %s".formatted(copy.data(), ended.errors()),
                        "container %s of deployment %s".formatted(dumped.container(), deployment()),
                        "see whether it runs and takes connections, `harmony status`; then restore again"));
            }
        } catch (IOException e) {
            throw new BackupFailedException(new Cause(
                    "%s cannot be put on this node's disk: %s".formatted(copy.data(), e),
                    file.toString(),
                    "make room on the disk or repair it: `df -h`, `dmesg`; the data of before is untouched"));
        } finally {
            discard(file);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be deleted: {1}", file, e.toString());
        }
    }

    private DeploymentName deployment() {
        return declared.owned().deployment();
    }
}
