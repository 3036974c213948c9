package io.nationtech.harmony.domain.capability;

/**
 * Keeps secrets and hands them to those who may have them. Copies answer alike, so that it replicates; it does not fail over, as
 * a standby might not know the newest secret.
 */
@Replicates
public interface SecretStore extends Capability {}
