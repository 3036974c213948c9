package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.value.ServiceName;

/** That a service is healthy: {@link LastingService#healthy()}. */
public record Healthy(ServiceName service) {}
