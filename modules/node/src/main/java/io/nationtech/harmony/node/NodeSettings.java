package io.nationtech.harmony.node;

import java.time.Duration;

/**
 * What differs from node to node, beside what it says of itself.
 *
 * @param convergePeriod from one look at what runs to the next
 */
public record NodeSettings(Duration convergePeriod) {}
