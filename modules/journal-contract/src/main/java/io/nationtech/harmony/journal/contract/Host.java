package io.nationtech.harmony.journal.contract;

import io.nationtech.harmony.graph.Journals;

/** A machine from which somebody applies. */
public interface Host {

    /** Its journals; the times that they note are those of {@link Contention#since}. */
    Journals journals();

    /** Ends whatever it does, as {@code kill -9} would: nothing is closed, nor given up. */
    void dies();
}
