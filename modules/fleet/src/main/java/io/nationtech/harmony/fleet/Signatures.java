package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
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

            @Override
            public Learned learn(Payload revocations) {
                return new Learned.Unchecked();
            }

            @Override
            public Optional<Signer> signer(Payload payload) {
                return Optional.empty();
            }

            @Override
            public Grant grant() {
                return Grant.ALL;
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

        /** Whoever deploys that onto that node. */
        record Operator(NodeId node, DeploymentName deployment) implements Author {
            @Override
            public boolean isWithin(Grant grant) {
                return grant.covers(node, deployment);
            }
        }

        /** Whoever deploys anything onto that node. */
        record OperatorOfAll(NodeId node) implements Author {
            @Override
            public boolean isWithin(Grant grant) {
                return grant.coversAll(node);
            }
        }

        /** The node itself, also where it deploys. */
        record Node(NodeId id) implements Author {
            @Override
            public boolean isWithin(Grant grant) {
                return true;
            }
        }

        /** Whether an operator's grant reaches so far. */
        boolean isWithin(Grant grant);
    }

    /** What was read. */
    sealed interface Word {

        /** Nobody is known here who would be believed rather than others. */
        record Unchecked(Payload document) implements Word {}

        /** By one who may write it. */
        record Signed(Payload document, Serial serial) implements Word {}

        /** By one who may write it no more, as their login was revoked: it counts where it counted before, and nowhere else. */
        record Revoked(Payload document, Serial serial, Cause why) implements Word {}

        /** By anybody who can write into the mesh, or from before there were signatures. */
        record Unsigned(Payload document, Cause why) implements Word {}

        /** Not to be believed. */
        record Refused(Cause why) implements Word {}
    }

    /** What came of hearing who was revoked. */
    sealed interface Learned {

        /** Nobody is known here who would be believed in that. */
        record Unchecked() implements Learned {}

        /** It is known here from now on, if it was not before. */
        record Known() implements Learned {}

        /** Not to be believed; what was known before still is. */
        record Refused(Cause why) implements Learned {}
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

    /** As an operator of what one is believed who signs here; of others it says nothing. */
    Grant grant();

    /** Takes up who was revoked, if that is by one who may say so, and newer than what is known. Never throws: who wrote it may be hostile. */
    Learned learn(Payload revocations);

    /** Who it says that signed a document: that is so where {@link #read} found it to be signed. Never throws. */
    Optional<Signer> signer(Payload payload);
}
