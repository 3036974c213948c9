package io.nationtech.harmony.placement;

import java.time.Instant;

/** Whether the mesh hears of a node. */
public sealed interface Contact {

    /** It was heard of lately. */
    record Heard() implements Contact {}

    /** It counts as lost, since then. */
    record SilentSince(Instant when) implements Contact {}
}
