package io.nationtech.harmony.graph;

/** A resource as read from the world: the state that could have been declared, and what only the world knows. */
public record Observed<S extends Record, O>(S state, O outputs) {}
