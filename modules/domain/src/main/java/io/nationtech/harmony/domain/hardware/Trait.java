package io.nationtech.harmony.domain.hardware;

/** What a node is or is not; using it takes nothing from anybody else. */
public sealed interface Trait extends Requirement permits Cpu, Power, Host, Os, Uplink, Link, Temperature {}
