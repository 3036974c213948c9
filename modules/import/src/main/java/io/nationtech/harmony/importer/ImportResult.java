package io.nationtech.harmony.importer;

import java.util.List;

/** What comes of an import. */
public sealed interface ImportResult {

    /** It can be said. */
    record Imported(ImportedModule module) implements ImportResult {}

    /** Some of it cannot be said; nothing is written. */
    record Refused(List<Refusal> refusals) implements ImportResult {
        public Refused {
            refusals = List.copyOf(refusals);
        }
    }
}
