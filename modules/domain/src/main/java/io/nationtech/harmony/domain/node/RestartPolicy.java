package io.nationtech.harmony.domain.node;

/** When a container whose process ended is started again: each time later, up to some minutes. */
public enum RestartPolicy {
    /** Whenever it ended: it is to run for as long as its deployment wants it. */
    ALWAYS,
    /**
     * When it ended with another exit code than 0; with 0 it is done, which is what its deployment wants of it. It runs at least once: a
     * change of its container, or a start of its node, may run it again.
     */
    ON_FAILURE;

    /** What services have. */
    public static final RestartPolicy DEFAULT = ALWAYS;
}
