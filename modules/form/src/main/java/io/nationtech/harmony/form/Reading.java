package io.nationtech.harmony.form;

import java.util.List;

/**
 * What was read.
 *
 * @param leftOut what the value lacks of its form, as it is not known here; never anything with {@link Strictness#REFUSE_UNKNOWN}
 */
public record Reading<T>(T value, List<LeftOut> leftOut) {
    public Reading {
        leftOut = List.copyOf(leftOut);
    }
}
