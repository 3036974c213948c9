package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.Quiet;
import io.nationtech.harmony.backup.SavedData;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.hardware.Amount;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.NodeData;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes a copy of each data of a backup, then lets old ones go. */
record Saving(Tools tools, Declared declared) {
    private static final Logger LOG = System.getLogger(Saving.class.getName());

    /** One that cannot be saved holds up no other. */
    String run(Set<ResourceId> named, Consumer<String> progress) throws BackupFailedException, InterruptedException {
        keep(known().beginning(now()));
        List<String> done = new ArrayList<>();
        try (Restic restic = tools.open(declared.backup().repository(), declared.means(), Restic.IfAbsent.MAKE)) {
            List<Cause> failures = new ArrayList<>();
            for (SavedData data : declared.of(named)) {
                try {
                    done.add(save(restic, data, progress));
                } catch (BackupFailedException e) {
                    failures.add(e.why());
                }
            }
            if (!failures.isEmpty()) {
                throw new BackupFailedException(failures.getFirst());
            }
            keep(known().ending(now()));
            return String.join("; ", done);
        } catch (BackupFailedException e) {
            keep(known().failing(now(), e.why().what()));
            LOG.log(Level.WARNING, "Deployment {0}: {1}", declared.owned().deployment(), e.why());
            throw e;
        } catch (RuntimeUnavailableException e) {
            keep(known().failing(now(), e.why().what()));
            throw new BackupFailedException(e.why());
        }
    }

    private String save(Restic restic, SavedData data, Consumer<String> progress)
            throws BackupFailedException, InterruptedException {
        Restic.Origin origin = new Restic.Origin(declared.owned().deployment(), data.id(), tools.node());
        Instant at = now();
        Reports.Summary made = switch (data) {
            case SavedData.Files files -> save(restic, origin, files, progress);
            case SavedData.Dumped dumped ->
                restic.save(
                        origin,
                        declared.means()
                                .data()
                                .command(
                                        declared.owned().deployment(),
                                        dumped.container(),
                                        dumped.dump().save()),
                        progress);
        };
        keep(known().with(data.id(), new BackupRecord.Good(at, made.snapshot(), made.bytes())));
        String words =
                "%s saved as %s, %s".formatted(data.id().path(), made.snapshot().brief(), Amount.iec(made.bytes()));
        LOG.log(Level.INFO, "Deployment {0}: {1}", declared.owned().deployment(), words);
        restic.forget(origin, declared.backup().retention());
        return words;
    }

    private Reports.Summary save(Restic restic, Restic.Origin origin, SavedData.Files files, Consumer<String> progress)
            throws BackupFailedException, InterruptedException {
        NodeData data = declared.means().data();
        Path folder = data.volume(declared.owned().deployment(), files.volume())
                .orElseThrow(() -> new BackupFailedException(new Cause(
                        "there is no volume '%s' yet".formatted(files.volume()),
                        "deployment " + declared.owned().deployment(),
                        "see whether its service starts: `harmony status`")));
        Optional<NodeData.Rest> rest = rest(files.quiet());
        if (rest.isEmpty()) {
            return restic.save(origin, folder, progress);
        }
        try (NodeData.Hold _ = data.hold(declared.owned().deployment(), files.users(), rest.get())) {
            return restic.save(origin, folder, progress);
        }
    }

    private static Optional<NodeData.Rest> rest(Quiet quiet) {
        return switch (quiet) {
            case PAUSED -> Optional.of(NodeData.Rest.PAUSED);
            case STOPPED -> Optional.of(NodeData.Rest.STOPPED);
            case NOT_AT_ALL -> Optional.empty();
        };
    }

    private BackupRecord known() {
        return tools.kept().find(declared.owned()).orElseGet(() -> BackupRecord.declared("", "", now()));
    }

    private void keep(BackupRecord record) {
        tools.kept().keep(declared.owned(), record);
    }

    private Instant now() {
        return tools.clock().instant();
    }
}
