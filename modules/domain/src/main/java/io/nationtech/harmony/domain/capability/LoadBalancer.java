package io.nationtech.harmony.domain.capability;

/**
 * Spreads connections to one address over the healthy replicas of a service. The address can move to another place but not be at
 * two, so that it fails over and does not replicate.
 */
@FailsOver
public interface LoadBalancer extends Capability {}
