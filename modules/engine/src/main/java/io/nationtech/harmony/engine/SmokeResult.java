package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import java.net.URI;
import java.util.List;

/** What came of a deployment's smoke tests. */
public sealed interface SmokeResult {

    /**
     * All passed.
     *
     * @param pages what was fetched
     */
    record Passed(List<URI> pages) implements SmokeResult {
        public Passed {
            pages = List.copyOf(pages);
        }
    }

    /** One failed. */
    record Failed(Cause cause) implements SmokeResult {}
}
