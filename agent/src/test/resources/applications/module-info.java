module household {
    requires io.nationtech.harmony.backup;
    requires io.nationtech.harmony.config.file;
    requires io.nationtech.harmony.domain;

    provides io.nationtech.harmony.domain.DeploymentModule with
            household.Household;
}
