package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.FleetBucket;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.nats.SiteBucket;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a site's server keeps of its nodes: what they are told comes down, what they say goes up, leases stay. */
final class SiteBuckets {
    /** Those that come down, which the site's server may read at the hub. */
    static final List<String> DOWN = Stream.of(
                    FleetBucket.DESIRED_STATE,
                    FleetBucket.NODE_DEPLOYMENTS,
                    FleetBucket.SEALED_SECRETS,
                    FleetBucket.REVOCATIONS)
            .map(bucket -> bucket.bucket().value())
            .toList();

    private SiteBuckets() {}

    static List<SiteBucket> of(List<NodeId> nodes) {
        Function<NodeId, Stream<KeyPattern>> own = node -> Stream.of(KeyPattern.exactly(Key.of(node.value())));
        Function<NodeId, Stream<KeyPattern>> below = node -> Stream.of(KeyPattern.under(Key.of(node.value())));
        return List.of(
                down(FleetBucket.DESIRED_STATE, keys(nodes, below)),
                down(FleetBucket.NODE_DEPLOYMENTS, keys(nodes, own)),
                down(FleetBucket.SEALED_SECRETS, keys(nodes, below)),
                down(FleetBucket.REVOCATIONS, List.of(KeyPattern.exactly(Key.of("account")))),
                up(FleetBucket.NODE_INFO, keys(nodes, node -> Stream.concat(own.apply(node), below.apply(node)))),
                up(FleetBucket.NODE_HARDWARE, keys(nodes, own)),
                up(FleetBucket.NODE_STATE, keys(nodes, below)),
                up(
                        FleetBucket.ENDPOINTS,
                        keys(nodes, node -> Stream.of(KeyPattern.any().then(node.value())))),
                up(FleetBucket.NODE_HEARTBEAT, keys(nodes, own)),
                new SiteBucket.Records(
                        FleetBucket.AUDIT.bucket(),
                        FleetBucket.AUDIT.history(),
                        FleetBucket.RECORDS_KEPT,
                        keys(nodes, own)),
                new SiteBucket.Own(FleetBucket.LEASES.bucket()));
    }

    private static SiteBucket down(FleetBucket bucket, List<KeyPattern> keys) {
        return new SiteBucket.Down(bucket.bucket(), keys);
    }

    private static SiteBucket up(FleetBucket bucket, List<KeyPattern> keys) {
        return new SiteBucket.Up(bucket.bucket(), bucket.history(), bucket.durability(), keys);
    }

    private static List<KeyPattern> keys(List<NodeId> nodes, Function<NodeId, Stream<KeyPattern>> patterns) {
        return nodes.stream().flatMap(patterns).toList();
    }
}
