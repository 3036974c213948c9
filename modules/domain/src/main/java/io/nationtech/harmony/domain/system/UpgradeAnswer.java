package io.nationtech.harmony.domain.system;

import io.nationtech.harmony.domain.Cause;

/** What a node answers to an {@link UpgradeOrder}, at once. */
public sealed interface UpgradeAnswer {

    /** It is at it, and tells how far it is, and how it ended, in what it says of itself: {@link NodeSystem}. */
    record Accepted() implements UpgradeAnswer {}

    /** Nothing is done. */
    record Refused(Cause cause) implements UpgradeAnswer {}
}
