package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.fleet.Signatures.Learned;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;

/**
 * Who was revoked, as the mesh's own key says it, so that who is told something knows whose word counts no more. What a server shows here is
 * believed by that key alone, and one that shows nothing, or something older, takes nothing from what is known.
 */
public final class Revocations {
    private static final Logger LOG = System.getLogger(Revocations.class.getName());
    private static final Key ACCOUNT = Key.of("account");

    private final Mesh mesh;
    private final Signatures signatures;

    Revocations(Mesh mesh, Signatures signatures) {
        this.mesh = mesh;
        this.signatures = signatures;
    }

    /**
     * Makes the bucket that they stand in, and puts them there.
     *
     * @param token of the account, as servers are told it
     * @throws MeshUnavailableException when the mesh cannot be asked
     */
    public void put(String token) {
        FleetBucket.REVOCATIONS.ensure(mesh);
        new Named("who was revoked").write(() -> bucket().put(ACCOUNT, Payload.of(token)));
    }

    /**
     * What stands there, whoever wrote it.
     *
     * @throws MeshUnavailableException when the mesh cannot be asked
     */
    public Optional<String> get() {
        return bucket().get(ACCOUNT).map(Entry::value).map(Payload::text);
    }

    /** Takes up what stands there, and from its first reading on also what is put there later. To be closed. */
    public Following following() {
        return new Following();
    }

    private Bucket bucket() {
        return mesh.bucket(FleetBucket.REVOCATIONS.bucket());
    }

    private Learned learn(Entry entry) {
        Learned learned = signatures.learn(entry.value());
        if (learned instanceof Learned.Refused(Cause why)) {
            LOG.log(Level.WARNING, "{0}", why);
        }
        return learned;
    }

    /** Somebody who wants to know who was revoked. Safe for use by several threads. */
    public final class Following implements AutoCloseable {
        private Optional<Subscription> watch = Optional.empty();
        private boolean isClosed;
        private boolean isTold;

        private Following() {}

        /**
         * Takes up what stands there. A mesh of before has nowhere to say it, and its servers may not permit that it is read: that is logged once, and what
         * was known before still is.
         *
         * @return what came of it; empty when nothing stands there, or it cannot be read
         */
        public Optional<Learned> read() {
            try {
                Optional<Learned> learned = bucket().get(ACCOUNT).map(Revocations.this::learn);
                watch();
                return learned;
            } catch (MeshUnavailableException e) {
                tellOnce(e);
                return Optional.empty();
            }
        }

        /** Only where it can be read: else a watch would ask again and again. */
        private synchronized void watch() {
            if (watch.isEmpty() && !isClosed) {
                watch = Optional.of(bucket().watchKeys(KeyPattern.exactly(ACCOUNT), () -> Set.of(ACCOUNT), change -> {
                    if (change instanceof Bucket.Change.Put(Entry entry)) {
                        learn(entry);
                    }
                }));
            }
        }

        private synchronized void tellOnce(MeshUnavailableException e) {
            LOG.log(
                    isTold || mesh.status() == Mesh.Status.DISCONNECTED ? Level.DEBUG : Level.WARNING,
                    "It cannot be read who was revoked; whoever runs the mesh sees to that by `harmony mesh renew`: {0}",
                    e.why().what());
            isTold |= mesh.status() == Mesh.Status.CONNECTED;
        }

        @Override
        public void close() {
            Optional<Subscription> open;
            synchronized (this) {
                isClosed = true;
                open = watch;
                watch = Optional.empty();
            }
            open.ifPresent(Subscription::close);
        }
    }
}
