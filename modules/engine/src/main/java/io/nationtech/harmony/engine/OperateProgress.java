package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;

/** What an operation tells after each look at the world. */
public interface OperateProgress {

    /** Everything is as declared. */
    void inSync();

    /** It is not; a repair follows unless only reports are wanted. */
    void drifted(Drift drift);

    /** A repair ended. */
    void repaired(DeployResult result);

    /** Neither of it could be found out, or a repair failed; the next pass may do better. */
    void problem(Cause cause);
}
