package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a document in the mesh tells who wrote it, and who is believed: whoever holds a server of the mesh can write anything, and sign nothing.
 * Safe for use by several threads.
 */
public interface Signatures {

    /** Those of who has no login: nothing is signed, and everything is believed. */
    static Signatures none() {
        return new Signatures() {
            @Override
            public Payload sign(Place place, Payload document, Supplier<Optional<Instant>> after) {
                return document;
            }

            @Override
            public Word read(Place place, Payload payload) {
                return new Word.Unchecked(SignedForm.documentOf(payload));
            }
        };
    }

    /**
     * Where a document belongs: it counts nowhere else.
     *
     * @param author by whom it counts
     */
    record Place(BucketName bucket, Key key, Author author) {}

    /** Who may write a document. */
    sealed interface Author {

        /** Whoever deploys. */
        record Operator() implements Author {}

        /** The node itself, also where it deploys. */
        record Node(NodeId id) implements Author {}
    }

    /** What was read. */
    sealed interface Word {

        /** Nobody is known here who would be believed rather than others. */
        record Unchecked(Payload document) implements Word {}

        /** By one who may write it. */
        record Signed(Payload document, Serial serial) implements Word {}

        /** By anybody who can write into the mesh, or from before there were signatures. */
        record Unsigned(Payload document, Cause why) implements Word {}

        /** Not to be believed. */
        record Refused(Cause why) implements Word {}
    }

    /**
     * A document as it is to be written.
     *
     * @param after as of when nothing can be signed any more, in milliseconds: the new one is newer
     * @throws io.nationtech.harmony.mesh.MeshUnavailableException when it cannot be signed
     */
    Payload sign(Place place, Payload document, Supplier<Optional<Instant>> after);

    /** What a document is, and whether it was written by one who may. Never throws: who wrote it may be hostile. */
    Word read(Place place, Payload payload);
}
