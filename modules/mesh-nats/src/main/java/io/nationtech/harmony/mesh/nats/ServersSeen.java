package io.nationtech.harmony.mesh.nats;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which servers of a cluster answered last, each since when, and since when none that had answered is missing: which connections ended with a
 * server that is away, the others do not know. Safe for use by several threads.
 */
final class ServersSeen {
    private Map<String, Instant> since = Map.of();
    private Instant complete = Instant.MIN;

    /**
     * These answered.
     *
     * @param answered each by its id, which is another one once it was started again
     * @param now by the servers' clock
     */
    synchronized void note(Set<String> answered, Instant now) {
        if (since.isEmpty() || !answered.containsAll(since.keySet())) {
            complete = now;
        }
        Map<String, Instant> next = new HashMap<>();
        answered.forEach(server -> next.put(server, since.getOrDefault(server, now)));
        since = next;
    }

    /** Since when none is missing. */
    synchronized Instant complete() {
        return complete;
    }

    /** Since when one answers that answered last. */
    synchronized Instant since(String server) {
        return since.getOrDefault(server, Instant.MAX);
    }
}
