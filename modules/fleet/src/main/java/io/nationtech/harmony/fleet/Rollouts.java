package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Omissions;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.PayloadTooLargeException;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.rollout.KeptChange;
import io.nationtech.harmony.rollout.KeptChanges;
import io.nationtech.harmony.rollout.PlannedChange;
import io.nationtech.harmony.rollout.PlannedChanges;
import io.nationtech.harmony.rollout.RolloutRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The rollouts of all deployments, one a deployment: its record, and the changes that it makes, many of them in one entry. All is written
 * by compare-and-set. Every method throws {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public final class Rollouts {

    private static final Logger LOG = System.getLogger(Rollouts.class.getName());

    private final Bucket records;
    private final Bucket changes;
    private final FleetCodec codec;
    private final IntSupplier largestMessage;

    Rollouts(Bucket records, Bucket changes, FleetCodec codec, IntSupplier largestMessage) {
        this.largestMessage = largestMessage;
        this.records = records;
        this.changes = changes;
        this.codec = codec;
    }

    /** What there is under a deployment's key. */
    public sealed interface Found {
        /** To be written over. */
        long revision();

        /** Nothing is kept. */
        record Nothing(long revision) implements Found {}

        /** A rollout. */
        record Kept(long revision, RolloutRecord rollout) implements Found {}

        /** Something that cannot be read. */
        record Garbage(long revision, Cause why) implements Found {}
    }

    /** What is kept of a deployment's rollout. */
    public Found find(DeploymentName deployment) {
        Key key = key(deployment);
        KeyPattern pattern = KeyPattern.exactly(key);
        Snapshot now = records.entries(pattern);
        long newest = now.unlessChanged(pattern).newest();
        return now.entries().stream()
                .findFirst()
                .map(entry -> switch (read(entry)) {
                    case Decoded.Value<RolloutRecord>(RolloutRecord rollout) ->
                        (Found) new Found.Kept(entry.revision(), rollout);
                    case Decoded.Unreadable<RolloutRecord>(Cause why) -> new Found.Garbage(entry.revision(), why);
                })
                .orElseGet(() -> new Found.Nothing(newest));
    }

    /**
     * The rollout of a deployment, if one is kept.
     *
     * @throws RolloutRefusedException when it cannot be read
     */
    public Optional<Versioned<RolloutRecord>> of(DeploymentName deployment) {
        return switch (find(deployment)) {
            case Found.Nothing _ -> Optional.empty();
            case Found.Kept(long revision, RolloutRecord rollout) -> Optional.of(new Versioned<>(revision, rollout));
            case Found.Garbage(var _, Cause why) -> throw new RolloutRefusedException(why);
        };
    }

    /** All rollouts; what cannot be read is left out, and logged. */
    public List<Versioned<RolloutRecord>> all() {
        Omissions omissions = new Omissions();
        List<Versioned<RolloutRecord>> all = new ArrayList<>();
        for (Entry entry : records.entries(KeyPattern.any()).entries()) {
            switch (read(entry)) {
                case Decoded.Value<RolloutRecord>(RolloutRecord rollout) ->
                    all.add(new Versioned<>(entry.revision(), rollout));
                case Decoded.Unreadable<RolloutRecord>(Cause why) ->
                    omissions.add(entry.key().toString(), why.what());
            }
        }
        omissions
                .summary()
                .ifPresent(summary -> LOG.log(
                        Level.WARNING,
                        "Left out of bucket ''{0}'', as it cannot be read: {1}",
                        FleetBucket.ROLLOUTS.bucket(),
                        summary));
        return List.copyOf(all);
    }

    private Decoded<RolloutRecord> read(Entry entry) {
        return switch (codec.rollout(entry.value())) {
            case Decoded.Value<RolloutRecord>(RolloutRecord rollout)
            when !key(rollout.deployment()).equals(entry.key()) ->
                new Decoded.Unreadable<>(new Cause(
                        "what is kept under '%s' says of itself that it is a rollout of '%s'"
                                .formatted(entry.key(), rollout.deployment()),
                        where(entry.key()),
                        "find out who wrote it; the next deploy writes over it"));
            case Decoded.Value<RolloutRecord> value -> value;
            case Decoded.Unreadable<RolloutRecord>(Cause why) ->
                new Decoded.Unreadable<>(new Cause(
                        why.what(),
                        where(entry.key()),
                        "look at it with the version of Harmony that wrote it; the next deploy writes over it"));
        };
    }

    /**
     * Keeps a rollout.
     *
     * @param expected the revision that was found, 0 when there was none
     * @throws RolloutRefusedException when it is too large
     */
    public Written write(RolloutRecord rollout, long expected) {
        Key key = key(rollout.deployment());
        try {
            Payload payload = codec.encode(rollout);
            return expected == 0 ? records.create(key, payload) : records.update(key, payload, expected);
        } catch (PayloadTooLargeException e) {
            Cause why = e.of("its record").why();
            throw new RolloutRefusedException(new Cause(
                    "the rollout cannot be kept: " + why.what(),
                    "deployment '%s'".formatted(rollout.deployment()),
                    "change fewer nodes at once; or " + why.next()));
        }
    }

    /**
     * The changes of a deployment's rollout, one a node.
     *
     * @throws RolloutRefusedException when one cannot be read, or a node has two
     */
    public List<KeptChange> changes(DeploymentName deployment) {
        return distinct(
                deployment,
                each(deployment, codec::keptChanges, KeptChanges::deployment)
                        .flatMap(some -> some.changes().stream())
                        .toList(),
                KeptChange::planned);
    }

    /**
     * The same without what nodes are told, which may be of kinds that are not known here.
     *
     * @throws RolloutRefusedException when one cannot be read, or a node has two
     */
    public List<PlannedChange> planned(DeploymentName deployment) {
        return distinct(
                deployment,
                each(deployment, codec::plannedChanges, PlannedChanges::deployment)
                        .flatMap(some -> some.changes().stream())
                        .map(PlannedChanges.One::planned)
                        .toList(),
                Function.identity());
    }

    private <T> Stream<T> each(
            DeploymentName deployment, Function<Payload, Decoded<T>> decoder, Function<T, DeploymentName> of) {
        return changes.entries(KeyPattern.under(key(deployment))).entries().stream()
                .map(entry -> switch (decoder.apply(entry.value())) {
                    case Decoded.Value<T>(T value) when of.apply(value).equals(deployment) -> value;
                    case Decoded.Value<T>(T value) ->
                        throw refused(
                                entry.key(), "it says of itself that it belongs to '%s'".formatted(of.apply(value)));
                    case Decoded.Unreadable<T>(Cause why) -> throw refused(entry.key(), why.what());
                });
    }

    private static <T> List<T> distinct(DeploymentName deployment, List<T> all, Function<T, PlannedChange> planned) {
        Set<Object> seen = new HashSet<>();
        all.stream().map(planned).map(PlannedChange::node).forEach(node -> {
            if (!seen.add(node)) {
                throw refused(key(deployment), "node '%s' is changed twice".formatted(node));
            }
        });
        return all;
    }

    private static RolloutRefusedException refused(Key key, String why) {
        return new RolloutRefusedException(new Cause(
                "what a rollout changes cannot be read: " + why,
                "mesh, bucket %s, key %s".formatted(FleetBucket.ROLLOUT_CHANGES.bucket(), key),
                "deploy again, with the version of Harmony that began it or a newer one"));
    }

    /**
     * Keeps the changes of a rollout in place of those that are kept.
     *
     * @return whether it was done; when not, somebody else does the same
     * @throws RolloutRefusedException when one is too large
     */
    public boolean keep(DeploymentName deployment, List<KeptChange> all) {
        KeyPattern pattern = KeyPattern.under(key(deployment));
        Snapshot before = changes.entries(pattern);
        List<Payload> parts = parts(deployment, all);
        for (int at = 0; at < parts.size(); at++) {
            Key key = Key.of(deployment.value(), Integer.toString(at));
            long expected = before.unlessChanged(KeyPattern.exactly(key)).newest();
            Written written =
                    expected == 0 ? changes.create(key, parts.get(at)) : changes.update(key, parts.get(at), expected);
            if (written instanceof Written.Conflict) {
                return false;
            }
        }
        before.entries().stream()
                .map(Entry::key)
                .filter(key -> !isPart(key, parts.size()))
                .forEach(changes::delete);
        return true;
    }

    private static boolean isPart(Key key, int parts) {
        return Stream.iterate(0, at -> at < parts, at -> at + 1)
                .anyMatch(at -> key.parts().getLast().equals(Integer.toString(at)));
    }

    private List<Payload> parts(DeploymentName deployment, List<KeptChange> all) {
        if (all.isEmpty()) {
            return List.of();
        }
        Optional<Payload> whole = whole(deployment, all);
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        if (all.size() == 1) {
            throw new RolloutRefusedException(
                    new Cause(
                            "what node '%s' is to have is more than %d bytes, with what it has: half of what one message to the mesh may have"
                                    .formatted(all.getFirst().planned().node(), mostAtOnce()),
                            "deployment '%s'".formatted(deployment),
                            "give the node less: split the deployment; or let the server take more, up to 1 MiB: `max_payload` in its configuration"));
        }
        int half = all.size() / 2;
        return Stream.of(all.subList(0, half), all.subList(half, all.size()))
                .flatMap(some -> parts(deployment, some).stream())
                .toList();
    }

    private Optional<Payload> whole(DeploymentName deployment, List<KeptChange> some) {
        try {
            return Optional.of(codec.encode(new KeptChanges(deployment, some)))
                    .filter(payload -> payload.bytes().length <= mostAtOnce());
        } catch (PayloadTooLargeException e) {
            return Optional.empty();
        }
    }

    /** Half of what a message may have, in bytes: there is room for what is written around it. */
    private int mostAtOnce() {
        return largestMessage.getAsInt() / 2;
    }

    /** Clears the changes of a rollout away, once nobody need carry it on. */
    public void forgetChanges(DeploymentName deployment) {
        Documents.clear(changes, KeyPattern.under(key(deployment)));
    }

    /** Clears all away that is kept of a deployment that is withdrawn. */
    public void forget(DeploymentName deployment) {
        records.delete(key(deployment));
        forgetChanges(deployment);
    }

    /** Takes a node out of the records of rollouts that are over; those that others write just now are new ones. */
    public void forget(NodeId node) {
        for (Versioned<RolloutRecord> kept : all()) {
            RolloutRecord rollout = kept.value();
            if (rollout.progress().verdict().isFinal()
                    && rollout.progress().nodes().containsKey(node)) {
                Written _ = write(rollout.without(node), kept.revision());
            }
        }
    }

    /** Tells that something may have changed of a deployment's rollout: the revision of its record. */
    public Subscription watch(DeploymentName deployment, LongConsumer listener) {
        return records.watch(KeyPattern.exactly(key(deployment)), change -> listener.accept(change.revision()));
    }

    private static Key key(DeploymentName deployment) {
        return Key.of(deployment.value());
    }

    private static String where(Key key) {
        return "mesh, bucket %s, key %s".formatted(FleetBucket.ROLLOUTS.bucket(), key);
    }
}
