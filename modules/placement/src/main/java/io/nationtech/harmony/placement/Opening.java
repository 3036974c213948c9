package io.nationtech.harmony.placement;

/** Which empty node is better when work that is packed must open one. */
enum Opening {
    /** The one that it fills most: large ones stay free for large work. */
    SMALLEST,
    /** The one that it fills least: fewest nodes are opened by what comes with it. */
    LARGEST
}
