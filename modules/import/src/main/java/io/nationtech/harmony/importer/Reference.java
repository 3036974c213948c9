package io.nationtech.harmony.importer;

/**
 * Another service.
 *
 * @param variable by which the Java text has it
 */
record Reference(String variable) {}
