package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.InstanceDriver;
import io.nationtech.harmony.driver.Means;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps resources that are independent of one another: one that cannot be had holds up no other. */
record InstanceKeeper<R extends Record & NodeResource>(InstanceDriver<R> driver) implements KindKeeper {

    @Override
    public Optional<Cause> converge(
            DeploymentName deployment, List<NodeResource> wanted, Function<DeploymentName, Means> means) {
        List<Cause> failures = new ArrayList<>();
        for (NodeResource resource : wanted) {
            Outcome outcome = driver.converge(deployment, kind().type().cast(resource), means.apply(deployment));
            Failures.of(outcome).ifPresent(failures::add);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return failures.stream().findFirst();
    }

    @Override
    public ResourceKind<R> kind() {
        return driver.kind();
    }

    @Override
    public Optional<Cause> remove(DeploymentName deployment, List<ResourceId> unwanted) {
        List<Cause> failures = new ArrayList<>();
        for (ResourceId resource : unwanted) {
            Outcome outcome = driver.remove(deployment, resource);
            Failures.of(outcome).ifPresent(failures::add);
        }
        return failures.stream().findFirst();
    }
}
