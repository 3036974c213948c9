package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;
import java.util.List;

/**
 * What must hold for a deployment to count as deployed: a record of plain data. How it is run stands apart, in the
 * {@link io.nationtech.harmony.domain.spi.SmokeTestRunner} that its module provides.
 */
public interface SmokeTest {

    /** The name of the score whose replicas are asked, each of them. */
    ServiceName service();

    /** How long everything that the test does may take, the replicas' start included; longer than zero. */
    Duration timeout();

    /** The secrets that whoever runs it must have; their values are not its affair. */
    default List<SecretRef> secrets() {
        return List.of();
    }

    /** Whether it asks this one of the service's tasks; all of them, unless said otherwise. */
    default boolean asks(Task task) {
        return true;
    }
}
