package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.PersistMode;
import io.nats.client.api.Republish;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the streams that buckets are. In a cluster each has three replicas, so that one of its servers may be away; a stream that has fewer
 * gets them as soon as there are so many servers.
 */
record StreamMaker(NatsLink link, JetStreamManagement management) {
    private static final int REPLICAS = 3;
    /** In bytes, with its signature. */
    private static final int LARGEST_RECORD = 1 << 15;

    private static final int STREAM_NAME_IN_USE = 10058;
    private static final int NO_SUCH_STREAM = 10059;
    /** No suitable peers; no replicas where servers are no cluster, as at a leaf, which says that it is one. */
    private static final Set<Integer> TOO_FEW_SERVERS = Set.of(10005, 10074);

    void ensure(BucketName name, int history, Durability durability) throws IOException, JetStreamApiException {
        Optional<StreamConfiguration> existing = existing(management, name);
        if (existing.isPresent()) {
            adapt(existing.get(), history);
        } else {
            make(stream(name, history, durability));
        }
    }

    /** Nobody who writes to it or deploys may change its limits later, so it is not made with fewer replicas. */
    void ensureRecords(BucketName name, int perKey, Duration age) throws IOException, JetStreamApiException {
        if (existing(management, name).isEmpty()) {
            try {
                management.addStream(StreamConfiguration.builder(records(name, perKey, age))
                        .replicas(link.isCluster() ? REPLICAS : 1)
                        .build());
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() != STREAM_NAME_IN_USE) {
                    throw e;
                }
            }
        }
    }

    /** A bucket's stream as it is; empty when there is none. */
    static Optional<StreamConfiguration> existing(JetStreamManagement management, BucketName name)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getStreamInfo(Subjects.stream(name)).getConfiguration());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_SUCH_STREAM) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void make(StreamConfiguration wanted) throws IOException, JetStreamApiException {
        try {
            management.addStream(wanted);
        } catch (JetStreamApiException e) {
            if (TOO_FEW_SERVERS.contains(e.getApiErrorCode())) {
                management.addStream(with(wanted, 1));
            } else if (e.getApiErrorCode() != STREAM_NAME_IN_USE) {
                // Else somebody made it in between, perhaps in another version's form: that one will do.
                throw e;
            }
        }
    }

    private void adapt(StreamConfiguration existing, int history) throws IOException, JetStreamApiException {
        StreamConfiguration wanted = StreamConfiguration.builder(existing)
                .maxMessagesPerSubject(history)
                .build();
        if (existing.getReplicas() < replicas(existing)) {
            try {
                management.updateStream(with(wanted, replicas(existing)));
                return;
            } catch (JetStreamApiException e) {
                if (!TOO_FEW_SERVERS.contains(e.getApiErrorCode())) {
                    throw e;
                }
            }
        }
        if (existing.getMaxMsgsPerSubject() != history) {
            management.updateStream(wanted);
        }
    }

    /** NATS keeps what is synced later in one place, and for good. */
    private int replicas(StreamConfiguration existing) {
        return link.isCluster() && existing.getPersistMode() != PersistMode.Async ? REPLICAS : 1;
    }

    private static StreamConfiguration with(StreamConfiguration stream, int replicas) {
        return StreamConfiguration.builder(stream).replicas(replicas).build();
    }

    private StreamConfiguration stream(BucketName name, int history, Durability durability) {
        return StreamConfiguration.builder(form(name, history))
                .persistMode(link.isCluster() ? PersistMode.Default : alone(durability))
                .replicas(link.isCluster() ? REPLICAS : 1)
                .build();
    }

    /** How one server keeps it. */
    static PersistMode alone(Durability durability) {
        return switch (durability) {
            case AT_ONCE -> PersistMode.Default;
            case SOON -> PersistMode.Async;
        };
    }

    /**
     * The stream of a bucket of records, wherever it is. The oldest of a key make room for newer ones, as who writes shall not be able to fill it, neither
     * for others nor for what they do themselves.
     */
    static StreamConfiguration records(BucketName name, int perKey, Duration age) {
        return StreamConfiguration.builder()
                .name(Subjects.stream(name))
                .subjects(Subjects.keys(name) + ".>")
                .maxMessagesPerSubject(perKey)
                .maxAge(age)
                .maximumMessageSize(LARGEST_RECORD)
                .storageType(StorageType.File)
                .discardPolicy(DiscardPolicy.Old)
                .denyDelete(true)
                .denyPurge(true)
                .allowDirect(true)
                .build();
    }

    /** A bucket's stream, wherever it is. */
    static StreamConfiguration form(BucketName name, int history) {
        String keys = Subjects.keys(name) + ".>";
        return StreamConfiguration.builder()
                .name(Subjects.stream(name))
                .subjects(keys)
                .maxMessagesPerSubject(history)
                .storageType(StorageType.File)
                .discardPolicy(DiscardPolicy.New)
                .denyDelete(true)
                .allowRollup(true)
                .allowDirect(true)
                .republish(Republish.builder()
                        .source(keys)
                        .destination(Subjects.changes(name) + ".>")
                        .build())
                .build();
    }
}
