package io.nationtech.harmony.domain.node;

/** What becomes of a run that could not begin at its time, because its node was off or the run before it was not over. */
public enum MissedRun {
    /** It begins as soon as it can; of several, one. */
    CATCH_UP,
    /** The next one is waited for. */
    SKIP;

    /** What is meant when nothing is said. */
    public static final MissedRun DEFAULT = CATCH_UP;
}
