/** Work that wants a TPM and an NVMe drive. */
module vault {
    requires io.nationtech.harmony.domain;

    provides io.nationtech.harmony.domain.DeploymentModule with
            vault.Vault;
}
