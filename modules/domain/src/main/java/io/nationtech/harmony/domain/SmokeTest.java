package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;

/**
 * What must hold for a deployment to count as deployed: a record of plain data. How it is run stands apart, in the
 * {@link io.nationtech.harmony.domain.spi.SmokeTestRunner} that its module provides.
 */
public interface SmokeTest {

    /** The name of the score whose replicas are asked, each of them. */
    ServiceName service();

    /** How long everything that the test does may take, the replicas' start included; longer than zero. */
    Duration timeout();

    /** Whether it asks this one of the service's tasks; all of them, unless said otherwise. */
    default boolean asks(Task task) {
        return true;
    }
}
