package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.mesh.Connections;
import io.nationtech.harmony.mesh.Departures;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which nodes live: those that are connected. The mesh tells that of each connection, and a node's heartbeat, which the node alone can write,
 * under which name it is connected. Of the others, since when they are not, at the latest: nobody is held for lost because it is not known
 * when they went. That is kept, so that whoever looks on knows it by themselves after a while. Safe for use by several threads.
 */
final class Presence {
    private final Mesh mesh;
    private final Map<Key, Away> away = new HashMap<>();

    /**
     * A node that is not connected.
     *
     * @param beat its newest, by which it is known whether it was there meanwhile
     */
    private record Away(long beat, Instant since) {}

    Presence(Mesh mesh) {
        this.mesh = mesh;
    }

    synchronized Map<Key, Liveness> of(Supplier<Snapshot> heartbeats) {
        // Before the heartbeats: one that comes in between is known by a new one, and one that goes is still there.
        Connections connections = mesh.connections();
        Snapshot beats = heartbeats.get();
        Map<Boolean, List<Entry>> isThere = beats.entries().stream()
                .collect(Collectors.partitioningBy(
                        beat -> connections.names().contains(beat.value().text())));
        List<Entry> absent = isThere.getOrDefault(false, List.of());
        isThere.getOrDefault(true, List.of()).forEach(beat -> away.remove(beat.key()));
        note(absent, beats.asOf());
        return beats.entries().stream()
                .collect(Collectors.toMap(Entry::key, beat -> liveness(beat.key(), beats.asOf())));
    }

    private Liveness liveness(Key node, Instant now) {
        Away absent = away.get(node);
        return absent == null
                ? new Liveness.Alive(Duration.ZERO)
                : Liveness.after(Duration.between(absent.since(), now));
    }

    private void note(List<Entry> absent, Instant now) {
        List<Entry> news = absent.stream().filter(beat -> !isKnown(beat)).toList();
        if (!news.isEmpty()) {
            Departures departures = mesh.departures();
            news.forEach(beat -> away.put(beat.key(), new Away(beat.revision(), left(beat, departures, now))));
        }
    }

    private boolean isKnown(Entry beat) {
        Away known = away.get(beat.key());
        return known != null && known.beat() == beat.revision();
    }

    /** When one went that is not connected: not before its newest heartbeat, nor after the next one would have come. */
    private static Instant left(Entry beat, Departures departures, Instant now) {
        Instant ended = departures.ended().getOrDefault(beat.value().text(), Instant.MIN);
        if (!ended.isBefore(beat.written())) {
            return earlier(ended, now);
        }
        Instant forgotten = departures.since().isAfter(beat.written()) ? departures.since() : beat.written();
        return earlier(earlier(forgotten, beat.written().plus(NodeReports.HEARTBEAT_PERIOD)), now);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
