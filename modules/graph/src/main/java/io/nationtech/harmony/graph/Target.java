package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.InvalidValueException;

/**
 * What a driver talks to, such as a node or a name server; it is spared more calls at a time than it can bear.
 *
 * @param concurrency how many calls at a time; 1 to 1024
 */
public record Target(String name, int concurrency) {
    private static final int MOST = 1_024;

    public Target {
        if (concurrency < 1 || concurrency > MOST) {
            throw new InvalidValueException(
                    "%d calls at a time for target '%s' are outside 1..%d".formatted(concurrency, name, MOST));
        }
    }
}
