package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;

/** A capability of somebody else's package. */
public interface Camera extends Capability {}
