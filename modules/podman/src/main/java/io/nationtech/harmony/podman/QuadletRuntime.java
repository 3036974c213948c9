package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;

import java.util.List;
import java.util.Optional;

/** Placeholder until the real adapter is merged. */
public final class QuadletRuntime implements ContainerRuntime {
    private static final Cause CAUSE =
            new Cause("this build has no container tool", "module podman", "merge the real adapter");

    public QuadletRuntime(Optional<IpAddress> publishAt) {}

    @Override
    public List<ContainerStatus> observe(DeploymentName deployment) {
        throw new RuntimeUnavailableException(CAUSE);
    }

    @Override
    public List<DeploymentName> deployments() {
        return List.of();
    }

    @Override
    public Outcome converge(DeploymentName deployment, Container container) {
        return new Outcome.Failed(CAUSE);
    }

    @Override
    public Outcome remove(DeploymentName deployment, ContainerName container) {
        return new Outcome.Failed(CAUSE);
    }

    @Override
    public List<String> logs(DeploymentName deployment, ContainerName container, int lines) {
        throw new RuntimeUnavailableException(CAUSE);
    }
}
