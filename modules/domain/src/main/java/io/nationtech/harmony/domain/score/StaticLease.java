package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.MacAddress;

/** An address that is kept for one machine. */
public record StaticLease(MacAddress machine, IpAddress address) {}
