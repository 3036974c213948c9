package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Signatures.Author;
import io.nationtech.harmony.fleet.Signatures.Place;
import io.nationtech.harmony.fleet.Signatures.Word;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import java.util.Optional;

/**
 * What nodes say of themselves, as it travels: signed by their own login, where they have one. What others may have written is read all the same, so
 * that no node vanishes by it, but not the key: what is sealed for that would be for others.
 */
record SignedInfos(FleetCodec codec, Signatures signatures) {

    Payload write(NodeInfo info) {
        return signatures.sign(place(info.id()), codec.encode(info), Optional::empty);
    }

    /** Whoever says it. */
    Decoded<NodeInfo> readUnchecked(Entry entry) {
        return codec.nodeInfo(SignedForm.documentOf(entry.value()));
    }

    Decoded<NodeInfo> read(Entry entry) {
        Decoded<NodeInfo> said = readUnchecked(entry);
        return said instanceof Decoded.Value<NodeInfo>(NodeInfo info)
                        && doubt(info.id(), entry).isPresent()
                ? new Decoded.Value<>(info.with(Optional.empty()))
                : said;
    }

    /** Why it is not known whether the node said that. */
    Optional<Cause> doubt(NodeId node, Entry entry) {
        return switch (signatures.read(place(node), entry.value())) {
            case Word.Unchecked _, Word.Signed _ -> Optional.empty();
            case Word.Revoked(Payload _, Serial _, Cause why) -> Optional.of(why);
            case Word.Unsigned(Payload _, Cause why) -> Optional.of(why);
            case Word.Refused(Cause why) -> Optional.of(why);
        };
    }

    private static Place place(NodeId node) {
        return new Place(FleetBucket.NODE_INFO.bucket(), Key.of(node.value()), new Author.Node(node));
    }
}
