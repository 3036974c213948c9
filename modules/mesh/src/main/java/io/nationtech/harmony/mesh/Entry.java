package io.nationtech.harmony.mesh;

import java.time.Instant;

/**
 * A key's value.
 *
 * @param written when, by the mesh's clock
 */
public record Entry(Key key, long revision, Payload value, Instant written) {}
