package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A deployment module, and what a person should know of it.
 *
 * @param services how many there are, jobs included
 * @param files their texts, by paths relative to the module's folder
 * @param notes what was not carried over as it stands
 * @param secrets that are to be set
 * @param shares that nodes must have
 */
public record ImportedModule(
        DeploymentName deployment,
        int services,
        SortedMap<String, String> files,
        List<Note> notes,
        List<WantedSecret> secrets,
        List<WantedShare> shares) {
    public ImportedModule {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        notes = List.copyOf(notes);
        secrets = List.copyOf(secrets);
        shares = List.copyOf(shares);
    }
}
