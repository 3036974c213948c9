package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Signatures.Author;
import io.nationtech.harmony.fleet.Signatures.Place;
import io.nationtech.harmony.fleet.Signatures.Word;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What nodes are told, as it travels: signed by who writes it, where there are logins. */
record SignedStates(FleetCodec codec, Signatures signatures) {

    /**
     * What was read under a key.
     *
     * @param revoked since when it was written, whoever did may do so no more: who did not follow it does not begin to
     */
    record Found(Decoded<DesiredState> desired, Optional<Serial> serial, Optional<Cause> revoked) {}

    Found find(Entry entry) {
        return place(entry.key())
                .map(place -> switch (signatures.read(place, entry.value())) {
                    case Word.Unchecked(Payload document) -> found(document, Optional.empty(), Optional.empty());
                    case Word.Signed(Payload document, Serial serial) ->
                        found(document, Optional.of(serial), Optional.empty());
                    case Word.Revoked(Payload document, Serial serial, Cause why) ->
                        found(document, Optional.of(serial), Optional.of(why));
                    case Word.Unsigned(Payload _, Cause why) -> refused(why);
                    case Word.Refused(Cause why) -> refused(why);
                })
                .orElseGet(() -> found(entry.value(), Optional.empty(), Optional.empty()));
    }

    private Found found(Payload document, Optional<Serial> serial, Optional<Cause> revoked) {
        return new Found(codec.desiredState(document), serial, revoked);
    }

    private static Found refused(Cause why) {
        return new Found(new Decoded.Unreadable<>(why), Optional.empty(), Optional.empty());
    }

    /** Also what an operator said who was revoked since: nodes that follow it go on. */
    Decoded<DesiredState> read(Entry entry) {
        return find(entry).desired();
    }

    /** What lacks nothing but the signature of one who may sign. */
    Optional<DesiredState> signable(Entry entry) {
        return place(entry.key())
                .flatMap(place -> switch (signatures.read(place, entry.value())) {
                    case Word.Unsigned(Payload document, Cause _) -> Optional.of(document);
                    case Word.Revoked(Payload document, Serial _, Cause _) -> Optional.of(document);
                    case Word.Unchecked _, Word.Signed _, Word.Refused _ -> Optional.<Payload>empty();
                })
                .flatMap(document -> codec.desiredState(document) instanceof Decoded.Value<DesiredState>(var state)
                                && FleetKeys.of(state.node(), state.deployment())
                                        .equals(entry.key())
                        ? Optional.of(state)
                        : Optional.empty());
    }

    /**
     * What is there, byte by byte, signed.
     *
     * @param after as of when nothing can be signed any more
     */
    Payload sign(DesiredState state, Payload there, Supplier<Optional<Instant>> after) {
        return signatures.sign(place(state.node(), state.deployment()), SignedForm.documentOf(there), after);
    }

    /**
     * As it is to be written.
     *
     * @param after as of when nothing can be signed any more, asked only where it matters
     */
    Payload write(DesiredState state, Supplier<Optional<Instant>> after) {
        return signatures.sign(place(state.node(), state.deployment()), codec.encode(state), after);
    }

    /** Empty for a key that is none of ours: what stands there is for nobody. */
    private static Optional<Place> place(Key key) {
        return FleetKeys.node(key)
                .flatMap(node -> FleetKeys.deployment(key).map(deployment -> place(node, deployment)));
    }

    private static Place place(NodeId node, DeploymentName deployment) {
        return new Place(
                FleetBucket.DESIRED_STATE.bucket(),
                FleetKeys.of(node, deployment),
                new Author.Operator(node, deployment));
    }
}
