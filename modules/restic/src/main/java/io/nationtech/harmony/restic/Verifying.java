package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.SavedData;
import io.nationtech.harmony.domain.backup.Snapshot;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads back the newest copies, byte for byte, and looks whether the repository is whole. */
record Verifying(Tools tools, Declared declared) {
    /** Of all that the repository holds; another part each time. */
    private static final String PART = "5%";

    String run(Set<ResourceId> named, Consumer<String> progress) throws BackupFailedException, InterruptedException {
        DeploymentName deployment = declared.owned().deployment();
        List<String> done = new ArrayList<>();
        try (Restic restic = tools.open(declared.backup().repository(), declared.means(), Restic.IfAbsent.FAIL)) {
            progress.accept("looks whether the repository is whole");
            restic.check(PART);
            done.add("the repository is whole, and %s of it, chosen by chance, is as it was written".formatted(PART));
            List<Snapshot> all = restic.snapshots(deployment);
            for (SavedData data : declared.of(named)) {
                Optional<Snapshot> newest = all.stream()
                        .filter(snapshot -> snapshot.data().equals(data.id()))
                        .findFirst();
                if (newest.isEmpty()) {
                    done.add("there is no copy of %s yet".formatted(data.id().path()));
                    continue;
                }
                progress.accept("reads %s back".formatted(data.id().path()));
                restic.readBack(new Copy(data.id(), newest.get().id()));
                done.add("every byte of %s was read back from snapshot %s"
                        .formatted(data.id().path(), newest.get().id().brief()));
            }
        }
        return String.join("; ", done);
    }
}
