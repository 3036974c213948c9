package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import java.net.URI;
import java.util.List;

/** How a deploy ended. */
public sealed interface DeployResult {

    /**
     * The nodes have what they should, but for as many as may fail, and the smoke tests passed.
     *
     * @param changes how many nodes were changed
     * @param pages what the smoke tests fetched
     * @param tolerated why nodes did not follow, when no more failed than the failure budget of the rollout allows
     */
    record Deployed(int changes, List<URI> pages, List<Cause> tolerated) implements DeployResult {
        public Deployed {
            pages = List.copyOf(pages);
            tolerated = List.copyOf(tolerated);
        }
    }

    /** It is not deployed; what was not reached is as before. */
    record Failed(List<Cause> causes) implements DeployResult {
        public Failed {
            causes = List.copyOf(causes);
        }
    }
}
