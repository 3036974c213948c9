package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.value.ServiceName;

/** That a service is healthy: {@link ServiceScore#healthy()}. */
public record Healthy(ServiceName service) {}
