package io.nationtech.harmony.importer;

/**
 * What is not carried over as it stands, or was added.
 *
 * @param at where it stands
 * @param what as the source has it, without values that may be secrets
 * @param became what became of it, and what to do
 */
public record Note(Place at, String what, String became) {}
