package io.nationtech.harmony.mesh.nats;

import java.io.IOException;
import java.time.Duration;

/** The server neither answered nor refused. */
final class SilentServer extends IOException {
    private static final long serialVersionUID = 1L;

    SilentServer(Duration timeout) {
        super("no answer for %d ms".formatted(timeout.toMillis()));
    }
}
