package io.nationtech.harmony.fleet;

/**
 * Who signed something.
 *
 * @param name of the login
 * @param key the login's public key
 */
public record Signer(String name, String key) {}
