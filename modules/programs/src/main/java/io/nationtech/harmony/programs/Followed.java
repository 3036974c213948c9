package io.nationtech.harmony.programs;

import java.io.InputStream;

/** A program that goes on until it is closed. */
public final class Followed implements AutoCloseable {
    private final Running running;

    Followed(Running running) {
        this.running = running;
    }

    /** What it writes. Who reads it waits on a platform thread: a pipe blocks the carrier of a virtual one. */
    public InputStream output() {
        return running.output();
    }

    /** Kills it, with what it started. */
    @Override
    public void close() {
        running.kill();
    }
}
