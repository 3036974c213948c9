package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.value.IpAddress;
import java.time.Duration;

/**
 * What differs from node to node, beside what it says of itself.
 *
 * @param probeAddress where containers are asked for their health: an address of this node at which they publish
 * @param convergePeriod from one look at what runs to the next
 */
public record NodeSettings(IpAddress probeAddress, Duration convergePeriod) {}
