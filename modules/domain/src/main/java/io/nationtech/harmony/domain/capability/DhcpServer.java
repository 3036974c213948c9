package io.nationtech.harmony.domain.capability;

/**
 * Gives the machines of a network their addresses (RFC 2131). It neither fails over nor can be had twice: a second server does
 * not know what the first gave out, and would give the same address to another machine.
 */
public interface DhcpServer extends Capability {}
