package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;

/**
 * A deployment that depends on settings of the place where it runs: a record, read from environment, file, stores or a person as
 * {@link Config} does. Its package is exported, or opened to {@code io.nationtech.harmony.config}.
 *
 * @param <S> the settings
 */
public interface ConfiguredDeployment<S extends Record> extends DeploymentModule {

    /** Settings of a typical place. The deployment that they make is checked when the module is compiled. */
    S example();

    /** The deployment with these settings; checked again when it is loaded. */
    Deployment<?> deployment(S settings);

    @Override
    default Deployment<?> deployment() {
        return deployment(example());
    }
}
