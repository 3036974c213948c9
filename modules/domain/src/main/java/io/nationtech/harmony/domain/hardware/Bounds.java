package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Collection;

/** The limits of what a node may report: a sysfs tree that lies must not fill the mesh or a planner's memory. */
final class Bounds {
    private Bounds() {}

    static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidValueException("%s: %d is outside %d..%d".formatted(what, value, least, most));
        }
    }

    static void atMost(String what, Collection<?> things, int most) {
        if (things.size() > most) {
            throw new InvalidValueException("%d %s are more than %d".formatted(things.size(), what, most));
        }
    }
}
