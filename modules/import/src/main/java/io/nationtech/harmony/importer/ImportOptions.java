package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How an application is imported.
 *
 * @param name of the deployment; when empty, that of the compose file or of its folder
 * @param into the folder of the module, below which nothing is written here; when empty, one beside the source
 * @param profiles of the compose file that are on; {@code *} is all of them
 * @param version of Harmony that the module is to be built with
 */
public record ImportOptions(Optional<DeploymentName> name, Optional<Path> into, Set<String> profiles, String version) {
    public ImportOptions {
        profiles = Set.copyOf(profiles);
    }
}
