package io.nationtech.harmony.domain.backup;

import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Instant;
import java.util.Optional;

/**
 * How it is with the copies of some data.
 *
 * @param data {@code volume/orders} or {@code dump/db}
 * @param good when the last good copy was made, by the node's clock; empty when there is none yet
 */
public record SavedState(ResourceId data, Optional<Instant> good) {}
