package io.nationtech.harmony.domain.system;

/** That a node is to run another operating system. */
public record UpgradeOrder(SystemVersion version, ReleasePlace release) {}
