package io.nationtech.harmony.domain.capability;

/** Keeps secrets and hands them to those who may have them. */
public interface SecretStore extends Capability {}
