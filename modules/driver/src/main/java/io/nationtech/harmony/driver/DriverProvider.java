package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Optional;

/** Makes a driver for a node; found by {@link java.util.ServiceLoader}: {@code provides DriverProvider with …}. */
public interface DriverProvider {

    /**
     * A driver for this node; whoever asked closes it. Empty when the node cannot have what it makes, for want of a tool: then it does
     * not offer that, and nothing of the kind is planned there.
     *
     * @throws InvalidValueException when a setting that it needs is wrong
     */
    Optional<ResourceDriver<?>> driver(NodeContext context);
}
