package io.nationtech.harmony.hardware.source;

/** How often a source has to look. */
public enum Pace {
    /** What it finds stays while nothing comes or goes. */
    STEADY,
    /** What it finds changes by itself: free space, temperatures, whether a link carries. */
    MOVING
}
