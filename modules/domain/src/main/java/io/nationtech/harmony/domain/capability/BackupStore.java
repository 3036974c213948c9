package io.nationtech.harmony.domain.capability;

/**
 * Keeps encrypted copies of data where the end of its node does not reach. It neither fails over nor replicates: what one site's copies hold
 * is of that site's data.
 */
public interface BackupStore extends Capability {}
