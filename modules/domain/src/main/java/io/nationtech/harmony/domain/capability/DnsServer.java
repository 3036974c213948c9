package io.nationtech.harmony.domain.capability;

/** Answers for names of the site (RFC 1034, RFC 1035). */
@FailsOver
@Replicates
public interface DnsServer extends Capability {}
