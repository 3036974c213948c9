package io.nationtech.harmony.importer;

/**
 * That another service is healthy, or has ended well.
 *
 * @param variable of the other
 * @param method that says what is waited for
 */
record Waiting(String variable, String method) {}
