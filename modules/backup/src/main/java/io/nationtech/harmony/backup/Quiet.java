package io.nationtech.harmony.backup;

/** What becomes of a container while the files of its volumes are copied. */
public enum Quiet {
    /** Its processes are halted: the copy is as after a power cut at one moment, which databases and file systems survive. */
    PAUSED,
    /** It is ended first, as in an orderly shutdown, and started again. */
    STOPPED,
    /** It goes on: for files of which each is written once and never changed. */
    NOT_AT_ALL;

    /** What is meant when nothing is said. */
    public static final Quiet DEFAULT = PAUSED;
}
