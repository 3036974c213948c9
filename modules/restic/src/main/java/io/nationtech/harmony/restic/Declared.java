package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.Backup;
import io.nationtech.harmony.backup.SavedData;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import java.util.List;
import java.util.Set;

/** A backup as it is wanted, and what may be used for it. */
record Declared(Owned owned, Backup backup, Means means) {

    /** Of its data, what is named; all when nothing is. */
    List<SavedData> of(Set<ResourceId> named) {
        return backup.data().stream()
                .filter(data -> named.isEmpty() || named.contains(data.id()))
                .toList();
    }
}
