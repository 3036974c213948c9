package io.nationtech.harmony.domain.capability;

/** The mark of every capability. A capability set is an interface that extends the capabilities in it. */
public interface Capability {}
