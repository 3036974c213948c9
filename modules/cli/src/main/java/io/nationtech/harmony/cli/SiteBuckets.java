package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.nats.SiteBucket;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a site's server keeps of its nodes: what they are told comes down, what they say goes up, leases stay. */
final class SiteBuckets {
    /** Those that come down, which the site's server may read at the hub. */
    static final List<String> DOWN = List.of("desired-state", "node-deployments", "sealed-secrets", "revocations");

    private SiteBuckets() {}

    static List<SiteBucket> of(List<NodeId> nodes) {
        Function<NodeId, Stream<KeyPattern>> own = node -> Stream.of(KeyPattern.exactly(Key.of(node.value())));
        Function<NodeId, Stream<KeyPattern>> below = node -> Stream.of(KeyPattern.under(Key.of(node.value())));
        return List.of(
                new SiteBucket.Down(new BucketName("desired-state"), keys(nodes, below)),
                new SiteBucket.Down(new BucketName("node-deployments"), keys(nodes, own)),
                new SiteBucket.Down(new BucketName("sealed-secrets"), keys(nodes, below)),
                new SiteBucket.Down(new BucketName("revocations"), List.of(KeyPattern.exactly(Key.of("account")))),
                new SiteBucket.Up(
                        new BucketName("node-info"),
                        1,
                        Durability.AT_ONCE,
                        keys(nodes, node -> Stream.concat(own.apply(node), below.apply(node)))),
                new SiteBucket.Up(new BucketName("node-hardware"), 8, Durability.AT_ONCE, keys(nodes, own)),
                new SiteBucket.Up(new BucketName("node-state"), 1, Durability.SOON, keys(nodes, below)),
                new SiteBucket.Up(
                        new BucketName("endpoints"),
                        1,
                        Durability.SOON,
                        keys(nodes, node -> Stream.of(KeyPattern.any().then(node.value())))),
                new SiteBucket.Up(new BucketName("node-heartbeat"), 1, Durability.SOON, keys(nodes, own)),
                new SiteBucket.Records(new BucketName("audit"), 1_000, Duration.ofDays(180), keys(nodes, own)),
                new SiteBucket.Own(new BucketName("leases")));
    }

    private static List<KeyPattern> keys(List<NodeId> nodes, Function<NodeId, Stream<KeyPattern>> patterns) {
        return nodes.stream().flatMap(patterns).toList();
    }
}
