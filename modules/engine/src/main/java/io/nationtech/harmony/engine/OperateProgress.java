package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;

/** What an operation tells after each look at the world. */
public interface OperateProgress {

    /** Everything is as declared. */
    void steady();

    /** It is not; a repair follows unless only reports are wanted. */
    void drifted(Drift drift);

    /** A repair ended. */
    void repaired(DeployResult result);

    /** It could not be looked at; the next look may do better. */
    void blind(Cause cause);
}
