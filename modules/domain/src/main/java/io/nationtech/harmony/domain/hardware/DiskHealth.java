package io.nationtech.harmony.domain.hardware;

/** What a disk says of itself (SMART, NVMe health log). */
public enum DiskHealth {
    /** It could not be read: that is usual without privilege. */
    UNKNOWN,
    GOOD,
    /** Nine tenths of the rated life are used: still good for what can be lost. */
    WORN,
    /** The disk expects to fail: nothing is placed on it. */
    FAILING
}
