package io.nationtech.harmony.mesh;

/** Something that goes on until it is closed. */
public interface Subscription extends AutoCloseable {

    /** Ends it; nothing more is told once this returns. */
    @Override
    void close();
}
