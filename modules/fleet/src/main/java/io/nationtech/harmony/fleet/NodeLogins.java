package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Signatures.Author;
import io.nationtech.harmony.fleet.Signatures.Place;
import io.nationtech.harmony.fleet.Signatures.Word;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Logins for which nodes ask: a node makes a key, says so, signed by the login that it has, and finds a login for that key. Nothing here is
 * secret. Every method throws {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public final class NodeLogins {
    private static final String ASKED = "asked";
    private static final String ISSUED = "issued";
    /** A public key of NATS has 56 characters. */
    private static final int LONGEST_KEY = 64;

    private final Bucket bucket;
    private final Signatures signatures;

    NodeLogins(Mesh mesh, Signatures signatures) {
        this.bucket = mesh.bucket(FleetBucket.NODE_LOGINS.bucket());
        this.signatures = signatures;
    }

    /** That a node wants a login. */
    public sealed interface Asked {

        /** Which. */
        NodeId node();

        /**
         * It does.
         *
         * @param key that it made, in text
         * @param token of the login by which it signed that
         */
        record ForKey(NodeId node, String key, String token) implements Asked {}

        /** Somebody says so, and it is not known that this is the node. */
        record Doubtful(NodeId node, Cause why) implements Asked {}
    }

    /** A node asks, unless it did already. */
    public void ask(NodeId node, String key) {
        Payload wanted = Payload.of(key);
        boolean isAsked = bucket.get(asked(node))
                .filter(entry -> signatures.read(place(node), entry.value()) instanceof Word.Signed(Payload said, var _)
                        && said.equals(wanted))
                .isPresent();
        if (!isAsked) {
            bucket.put(asked(node), signatures.sign(place(node), wanted, Optional::empty));
        }
    }

    /** What was issued for a node last, as whoever did wrote it. */
    public Optional<String> issued(NodeId node) {
        return bucket.get(issuedTo(node)).map(entry -> entry.value().text());
    }

    /** A node has what it asked for. */
    public void taken(NodeId node) {
        bucket.delete(asked(node));
    }

    /** Who asks. */
    public List<Asked> asked() {
        return bucket.entries(KeyPattern.any().then(ASKED)).entries().stream()
                .flatMap(entry -> FleetKeys.node(entry.key()).map(node -> asked(node, entry)).stream())
                .toList();
    }

    /** What was issued last, for each node that ever asked. */
    public Map<NodeId, String> issued() {
        Map<NodeId, String> issued = new TreeMap<>();
        bucket.entries(KeyPattern.any().then(ISSUED))
                .entries()
                .forEach(entry -> FleetKeys.node(entry.key())
                        .ifPresent(node -> issued.put(node, entry.value().text())));
        return issued;
    }

    /** Returns which of these ask for nothing any more, once none does or the time is over. */
    public Set<NodeId> awaitTaken(Set<NodeId> nodes, Duration timeout) throws InterruptedException {
        Set<Key> asking = ConcurrentHashMap.newKeySet();
        CountDownLatch none = new CountDownLatch(1);
        try (Subscription _ = bucket.watch(KeyPattern.any().then(ASKED), new Watcher() {
            private boolean isCurrent;

            @Override
            public void changed(Bucket.Change change) {
                switch (change) {
                    case Bucket.Change.Put(Entry entry) -> asking.add(entry.key());
                    case Bucket.Change.Deleted(Key key, long _) -> asking.remove(key);
                }
                look();
            }

            @Override
            public void current(Instant asOf) {
                isCurrent = true;
                look();
            }

            private void look() {
                if (isCurrent && nodes.stream().map(NodeLogins::asked).noneMatch(asking::contains)) {
                    none.countDown();
                }
            }
        })) {
            boolean _ = none.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        return nodes.stream().filter(node -> !asking.contains(asked(node))).collect(Collectors.toSet());
    }

    private Asked asked(NodeId node, Entry entry) {
        return switch (signatures.read(place(node), entry.value())) {
            case Word.Signed(Payload key, var _) -> signed(node, entry, key);
            case Word.Revoked(var _, var _, Cause why) -> new Asked.Doubtful(node, why);
            case Word.Unsigned(var _, Cause why) -> new Asked.Doubtful(node, why);
            case Word.Refused(Cause why) -> new Asked.Doubtful(node, why);
            case Word.Unchecked _ ->
                new Asked.Doubtful(
                        node,
                        new Cause(
                                "your own login does not say who is believed",
                                where(node),
                                "get another: harmony mesh login"));
        };
    }

    private static Asked signed(NodeId node, Entry entry, Payload key) {
        return SignedForm.find(entry.value()) instanceof SignedForm.Found.Signed(SignedForm form)
                        && key.bytes().length <= LONGEST_KEY
                ? new Asked.ForKey(node, key.text(), form.token())
                : new Asked.Doubtful(
                        node,
                        new Cause(
                                "what it asks for is no key",
                                where(node),
                                "its agent may be newer than this command line: update that"));
    }

    /** A login is there for a node. */
    public void issue(NodeId node, String token) {
        bucket.put(issuedTo(node), Payload.of(token));
    }

    /** Whatever a node asked for and got is away. */
    public void forget(NodeId node) {
        Documents.clear(bucket, KeyPattern.under(Key.of(node.value())));
    }

    private static Place place(NodeId node) {
        return new Place(FleetBucket.NODE_LOGINS.bucket(), asked(node), new Author.Node(node));
    }

    private static String where(NodeId node) {
        return "mesh, bucket %s, key %s".formatted(FleetBucket.NODE_LOGINS.bucket(), asked(node));
    }

    private static Key asked(NodeId node) {
        return Key.of(node.value(), ASKED);
    }

    private static Key issuedTo(NodeId node) {
        return Key.of(node.value(), ISSUED);
    }
}
