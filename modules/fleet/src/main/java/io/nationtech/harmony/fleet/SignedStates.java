package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.DesiredState;
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

    /** What was read under a key. */
    record Found(Decoded<DesiredState> desired, Optional<Serial> serial) {}

    Found find(Entry entry) {
        return switch (signatures.read(place(entry.key()), entry.value())) {
            case Word.Unchecked(Payload document) -> new Found(codec.desiredState(document), Optional.empty());
            case Word.Signed(Payload document, Serial serial) ->
                new Found(codec.desiredState(document), Optional.of(serial));
            case Word.Unsigned(Payload _, Cause why) -> refused(why);
            case Word.Refused(Cause why) -> refused(why);
        };
    }

    private static Found refused(Cause why) {
        return new Found(new Decoded.Unreadable<>(why), Optional.empty());
    }

    Decoded<DesiredState> read(Entry entry) {
        return find(entry).desired();
    }

    /** What lacks nothing but a signature. */
    Optional<DesiredState> unsigned(Entry entry) {
        return signatures.read(place(entry.key()), entry.value()) instanceof Word.Unsigned(Payload document, Cause _)
                        && codec.desiredState(document) instanceof Decoded.Value<DesiredState>(DesiredState state)
                        && FleetKeys.of(state.node(), state.deployment()).equals(entry.key())
                ? Optional.of(state)
                : Optional.empty();
    }

    /** What is there, byte by byte, signed. */
    Payload sign(Entry entry) {
        return signatures.sign(place(entry.key()), SignedForm.documentOf(entry.value()), Optional::empty);
    }

    /**
     * As it is to be written.
     *
     * @param after as of when nothing can be signed any more, asked only where it matters
     */
    Payload write(DesiredState state, Supplier<Optional<Instant>> after) {
        return signatures.sign(place(FleetKeys.of(state.node(), state.deployment())), codec.encode(state), after);
    }

    private static Place place(Key key) {
        return new Place(FleetBucket.DESIRED_STATE.bucket(), key, new Author.Operator());
    }
}
