package io.nationtech.harmony.domain.capability;

/** Answers for names of the site (RFC 1034, RFC 1035). */
public interface DnsServer extends Capability {}
