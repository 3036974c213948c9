package io.nationtech.harmony.mesh;

/**
 * A condition: nothing that matches the pattern was written or deleted since somebody read it.
 *
 * @param newest the newest revision of all that matches, deletions and what no {@link Key} can name included; 0 when nothing
 *     ever was there. {@link Snapshot#unlessChanged} tells it, and after a write under this condition it is that write's revision
 */
public record UnlessChanged(KeyPattern pattern, long newest) {}
