package io.nationtech.harmony.seed;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of an installation from a stick.
 *
 * @param id the number that the installed disk's boot partition has, by which a finished disk is known after a power cut
 * @param disk onto which, for people
 * @param finished when it was; empty while it is going on
 */
public record Installation(UUID id, String disk, Optional<Instant> finished) {}
