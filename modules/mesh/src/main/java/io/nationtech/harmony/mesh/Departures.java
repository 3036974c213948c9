package io.nationtech.harmony.mesh;

import java.time.Instant;
import java.util.Map;

/**
 * Who was connected to the mesh, and when the last connection of each ended. A cable that is cut ends one only once the mesh finds that out.
 *
 * @param ended by the mesh's clock, under what it calls them
 * @param since every connection that ended after this is among them; the mesh forgets older ones, and all when it is started again
 */
public record Departures(Map<String, Instant> ended, Instant since) {
    public Departures {
        ended = Map.copyOf(ended);
    }
}
