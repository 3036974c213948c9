package io.nationtech.harmony.domain.capability;

/**
 * Keeps data on a node's own disk for the containers that run there. It neither fails over nor replicates: what one node's disk
 * holds is nowhere else, so a service with a volume is only deployed onto a topology of sites itself.
 */
public interface VolumeStore extends Capability {}
