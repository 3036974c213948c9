package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.value.ResourceId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a driver may use of its node while it makes resources of a deployment.
 *
 * @param secrets values of the deployment's secrets
 * @param files where there is what other drivers made for the deployment
 * @param data what containers keep on the node, of all deployments
 */
public record Means(SecretValues secrets, Files files, NodeData data) {
    /** Neither secrets nor files nor data. */
    public static final Means NONE = new Means(SecretValues.none(), _ -> Optional.empty(), NodeData.NONE);

    /** Looks up what another driver made. */
    @FunctionalInterface
    public interface Files {

        /** Where a resource of the same deployment is; empty when it is not there or is no file. */
        Optional<Path> find(ResourceId resource);
    }
}
