package io.nationtech.harmony.mesh.nats;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest revisions that a connection wrote itself, of the keys that it wrote lately. A replica that answers with an older one lags. Safe for
 * use by several threads.
 */
final class OwnWrites {
    private static final int MOST = 1_000;

    private final Map<String, Long> revisions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    synchronized void note(String subject, long revision) {
        revisions.merge(subject, revision, Math::max);
    }

    /** 0 where there is none. */
    synchronized long of(String subject) {
        return revisions.getOrDefault(subject, 0L);
    }

    /** That of a stream that was made anew since. */
    synchronized void forget(String subject) {
        revisions.remove(subject);
    }
}
