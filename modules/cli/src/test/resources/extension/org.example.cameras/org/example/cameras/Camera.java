package org.example.cameras;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.FailsOver;

/** Sees what is before it. */
@FailsOver
public interface Camera extends Capability {}
