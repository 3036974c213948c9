package io.nationtech.harmony.installer;

import java.nio.file.Path;

/**
 * What an installation works with.
 *
 * @param work a folder in memory, of which nobody else reads
 */
record Site(StickSystem system, SeedFolder seed, Repart repart, Path work) {}
