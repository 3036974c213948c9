package io.nationtech.harmony.domain.node;

/** What makes a job run. */
public sealed interface Trigger permits Trigger.Once, Schedule {

    /**
     * Its content, once: when its deployment first wants it, and again whenever its image, arguments, or anything else of its container
     * changed. What failed is tried again until it ends well, later each time, up to some minutes.
     */
    record Once() implements Trigger {}
}
