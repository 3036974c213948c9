package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Signatures.Author;
import io.nationtech.harmony.fleet.Signatures.Place;
import io.nationtech.harmony.fleet.Signatures.Word;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What nodes were asked to do, by whom, and how it ended. Each node adds its own, signed by its login; nobody changes or takes away any.
 */
public final class AuditTrail {
    private final Mesh mesh;
    private final FleetCodec codec;
    private final Signatures signatures;

    AuditTrail(Mesh mesh, FleetCodec codec, Signatures signatures) {
        this.mesh = mesh;
        this.codec = codec;
        this.signatures = signatures;
    }

    /**
     * A record.
     *
     * @param node under whose name it is kept
     * @param at when it reached the mesh, by the mesh's clock
     */
    public record Kept(NodeId node, Instant at, Content content) {}

    /** What it is. */
    public sealed interface Content {

        /** As its node wrote it, as far as is known here. */
        record Genuine(AuditRecord record) implements Content {}

        /** Readable, and it is not proven that its node wrote it: not signed, or by a login that was revoked since. */
        record Doubtful(AuditRecord record, Cause why) implements Content {}

        /** Nothing that can be read. */
        record Unreadable(Cause why) implements Content {}
    }

    /**
     * All that is kept, the older before the newer.
     *
     * @param node of this one alone
     * @throws io.nationtech.harmony.mesh.MeshUnavailableException when the mesh cannot be asked
     */
    public List<Kept> read(Optional<NodeId> node) {
        List<Kept> all = new ArrayList<>();
        KeyPattern pattern = node.map(id -> KeyPattern.exactly(key(id))).orElseGet(KeyPattern::any);
        bucket().read(pattern, change -> kept(change).ifPresent(all::add));
        return List.copyOf(all);
    }

    private Optional<Kept> kept(Change change) {
        try {
            return change instanceof Change.Put(Entry entry)
                    ? Optional.of(new Kept(NodeId.of(entry.key().toString()), entry.written(), content(entry)))
                    : Optional.empty();
        } catch (InvalidValueException e) {
            // Under a name that no node has.
            return Optional.empty();
        }
    }

    private Content content(Entry entry) {
        NodeId node = NodeId.of(entry.key().toString());
        return switch (signatures.read(place(node), entry.value())) {
            case Word.Unchecked(Payload document) -> content(document, Optional.empty());
            case Word.Signed(Payload document, Serial _) -> content(document, Optional.empty());
            case Word.Revoked(Payload document, Serial _, Cause why) -> content(document, Optional.of(why));
            case Word.Unsigned(Payload document, Cause why) -> content(document, Optional.of(why));
            case Word.Refused(Cause why) -> content(SignedForm.documentOf(entry.value()), Optional.of(why));
        };
    }

    private Content content(Payload document, Optional<Cause> doubt) {
        return switch (codec.auditRecord(document)) {
            case Decoded.Value<AuditRecord>(AuditRecord record) ->
                doubt.<Content>map(why -> new Content.Doubtful(record, why))
                        .orElseGet(() -> new Content.Genuine(record));
            case Decoded.Unreadable<AuditRecord>(Cause why) -> new Content.Unreadable(why);
        };
    }

    /**
     * Adds one; returns once it is kept.
     *
     * @throws io.nationtech.harmony.mesh.MeshUnavailableException when it cannot be
     */
    void add(NodeId node, AuditRecord record) {
        bucket().put(key(node), signatures.sign(place(node), codec.encode(record), Optional::empty));
    }

    private Bucket bucket() {
        return mesh.bucket(FleetBucket.AUDIT.bucket());
    }

    private static Place place(NodeId node) {
        return new Place(FleetBucket.AUDIT.bucket(), key(node), new Author.Node(node));
    }

    private static Key key(NodeId node) {
        return Key.of(node.value());
    }
}
