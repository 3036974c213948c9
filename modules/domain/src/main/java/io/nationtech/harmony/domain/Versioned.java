package io.nationtech.harmony.domain;

/**
 * A value as read at a revision.
 *
 * @param revision grows with every write of the value; comparable only between revisions of the same value
 */
public record Versioned<T>(long revision, T value) {}
