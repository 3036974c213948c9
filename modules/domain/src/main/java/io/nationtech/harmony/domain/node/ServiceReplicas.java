package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;

/** Where the services of a deployment run, once all of them have their places. */
@FunctionalInterface
public interface ServiceReplicas {

    /** The replicas of a service by node; none when the deployment runs no such service. */
    List<ServiceReplica> of(ServiceName service);
}
