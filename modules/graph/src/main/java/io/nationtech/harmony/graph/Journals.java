package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.time.Instant;

/** The journals of all deployments. A port. */
public interface Journals {

    /**
     * Opens a deployment's journal for an apply, if nobody else has it open. Whoever crashed does not.
     *
     * @throws JournalException when it cannot be read
     */
    Opening open(DeploymentName deployment, Author author);

    /**
     * What a deployment owns; an apply may be going on.
     *
     * @throws JournalException when it cannot be read
     */
    Ledger read(DeploymentName deployment);

    /** What came of opening a journal. */
    sealed interface Opening {

        /** The journal is open, and must be closed. */
        record Opened(Journal journal) implements Opening {}

        /** Somebody else applies this deployment. */
        record Held(Author by, Instant since) implements Opening {}
    }
}
