package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Instant;
import java.util.Optional;

/** Who changed what last. A port: of journals that know. */
public interface History {

    /**
     * What the journal kept last of a resource; empty when it never heard of it.
     *
     * @throws JournalException when it cannot be read
     */
    Optional<LastChange> last(DeploymentName deployment, ResourceId id);

    /** The newest word on a resource. */
    record LastChange(State state, Author by, Instant at) {}

    /** How far an apply went with it. */
    enum State {
        /** An apply began with it and did not say that it ended. */
        BEGAN,
        /** It was there as declared. */
        DONE,
        /** It was deleted. */
        GONE
    }
}
