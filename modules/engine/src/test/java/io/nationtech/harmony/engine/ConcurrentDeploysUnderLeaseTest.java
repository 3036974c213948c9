package io.nationtech.harmony.engine;

import java.nio.file.Path;

/** The same where the mesh cannot compare all that a node is told at once. */
class ConcurrentDeploysUnderLeaseTest extends ConcurrentDeploysTest {
    @Override
    Lab lab(Path folder) {
        return Lab.underLease(folder);
    }
}
