package io.nationtech.harmony.domain.hardware;

/** Whether others may use a device at the same time. */
public enum Sharing {
    /** The device is taken whole: nobody else has any part of it. */
    EXCLUSIVE,
    /** Others may use it too; where it is counted, each takes its amount. */
    SHARED
}
