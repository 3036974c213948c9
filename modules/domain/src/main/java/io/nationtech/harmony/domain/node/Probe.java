package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.Port;
import java.time.Duration;
import java.util.Optional;

/** How a container is asked whether it is well: again and again, each time within its time. */
public sealed interface Probe permits HttpProbe, TcpProbe, CommandProbe {

    /** From one question to the next; 1 s to 1 h, in whole milliseconds. */
    Duration period();

    /** How long an answer may take; at least 1 ms, shorter than the period, in whole milliseconds. */
    Duration timeout();

    /** The port at the node's address that is asked, which the container has to publish; empty when it is asked otherwise. */
    Optional<Port> asked();

    /** How often a container is asked that says nothing else. */
    Duration USUAL_PERIOD = Duration.ofSeconds(10);

    /** How long it has for its answer then. */
    Duration USUAL_TIMEOUT = Duration.ofSeconds(2);
}
