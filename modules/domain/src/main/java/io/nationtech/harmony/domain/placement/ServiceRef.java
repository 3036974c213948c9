package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ServiceName;

/** A service of a deployment, wherever its copies run. */
public record ServiceRef(DeploymentName deployment, ServiceName service) implements Comparable<ServiceRef> {
    @Override
    public int compareTo(ServiceRef other) {
        int order = deployment.compareTo(other.deployment);
        return order != 0 ? order : service.compareTo(other.service);
    }

    @Override
    public String toString() {
        return deployment + "." + service;
    }
}
