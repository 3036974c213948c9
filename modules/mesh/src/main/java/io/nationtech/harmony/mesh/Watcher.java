package io.nationtech.harmony.mesh;

import java.time.Instant;
import java.util.function.Consumer;

/** What a watch tells, one call at a time. Must not block for long. */
public interface Watcher {

    /** A key has a value, another, or none any more. */
    void changed(Bucket.Change change);

    /**
     * All that was so at that moment has been told: for the first time, and again whenever the bucket was read anew.
     *
     * @param asOf by the mesh's clock
     */
    void current(Instant asOf);

    /** One that cares for changes alone. */
    static Watcher ofChanges(Consumer<Bucket.Change> listener) {
        return new Watcher() {
            @Override
            public void changed(Bucket.Change change) {
                listener.accept(change);
            }

            @Override
            public void current(Instant asOf) {}
        };
    }
}
