/** Work that wants a TPM and an NVMe drive, has a secret, and is reached by a name. */
module vault {
    requires io.nationtech.harmony.domain;
    requires io.nationtech.harmony.ingress;

    provides io.nationtech.harmony.domain.DeploymentModule with
            vault.Vault;
}
