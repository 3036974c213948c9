package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Parameters;

/** A deployment, and which of its data is meant; all when none is named. */
final class DataArgument {
    @Parameters(
            index = "0",
            paramLabel = "<deployment>",
            converter = DeploymentArgument.Read.class,
            description = "a deployment's name")
    private Optional<DeploymentName> deployment = Optional.empty();

    @Parameters(
            index = "1..*",
            paramLabel = "<kind/name>",
            arity = "0..*",
            converter = ConsentOption.ReadResource.class,
            description = "only this data, as volume/orders or dump/db")
    private List<ResourceId> data = List.of();

    DeploymentName deployment() {
        return deployment.orElseThrow();
    }

    Set<ResourceId> named() {
        return Set.copyOf(data);
    }
}
