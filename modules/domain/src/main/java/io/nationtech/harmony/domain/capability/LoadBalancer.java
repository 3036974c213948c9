package io.nationtech.harmony.domain.capability;

/** Spreads connections to one address over the healthy replicas of a service. */
public interface LoadBalancer extends Capability {}
