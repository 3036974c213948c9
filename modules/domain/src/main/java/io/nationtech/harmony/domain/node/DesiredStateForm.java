package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;

/**
 * Up to which version an agent knows the form of a {@link DesiredState}, whatever kinds of resources stand in it. A node is told nothing
 * that needs a newer one.
 *
 * @param version at least 1
 */
public record DesiredStateForm(int version) {
    /** Of an agent that does not say. */
    public static final DesiredStateForm DEFAULT = new DesiredStateForm(1);

    /** From which on a node can be told when to go back by itself; the newest here. */
    public static final DesiredStateForm WITH_ROLLBACK = new DesiredStateForm(2);

    public DesiredStateForm {
        if (version < 1) {
            throw new InvalidValueException("an agent cannot know version %d of a desired state".formatted(version));
        }
    }

    /** Whether an agent that knows this one knows the other, too. */
    public boolean includes(DesiredStateForm other) {
        return version >= other.version;
    }
}
