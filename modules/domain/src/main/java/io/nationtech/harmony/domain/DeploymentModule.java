package io.nationtech.harmony.domain;

/**
 * What a {@code *-deploy} module provides: {@code provides DeploymentModule with WebsiteDeploy}. Making the deployment does no
 * I/O.
 */
public interface DeploymentModule {

    /** The deployment that this module declares. */
    Deployment<?> deployment();
}
