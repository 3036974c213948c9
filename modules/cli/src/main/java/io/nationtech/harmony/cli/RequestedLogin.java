package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.NodeLogins.Asked;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.PublicKey;
import io.nationtech.harmony.nats.identity.Token;
import java.util.List;
import java.util.Optional;

/** What is to become of a login for which a node asks. */
sealed interface RequestedLogin {

    /** It is to be issued. */
    record Due(NodeId node, ClientName name, PublicKey key) implements RequestedLogin {}

    /** It was, and the node has not taken it up. */
    record Waiting(NodeId node, Issued issued) implements RequestedLogin {}

    /** It is not. */
    record Refused(NodeId node, Cause why) implements RequestedLogin {}

    /**
     * Decides. A login counts for one question: once another was issued in its place, whoever has a copy of it gets nothing more by it.
     *
     * @param known those that were issued
     */
    static RequestedLogin of(Asked asked, IssuedLogins known) {
        return switch (asked) {
            case Asked.Doubtful(NodeId node, Cause why) -> new Refused(node, why);
            case Asked.ForKey(NodeId node, String key, String token) -> {
                try {
                    yield of(node, user(key), Token.parse(token).about(), known);
                } catch (InvalidValueException e) {
                    yield refused(node, "what it asks for is no login: " + e.getMessage(), "update its agent");
                }
            }
        };
    }

    private static PublicKey user(String text) {
        PublicKey key = PublicKey.parse(text);
        if (key.kind() != KeyKind.USER) {
            throw new InvalidValueException("%s is no key of a user".formatted(key));
        }
        return key;
    }

    private static RequestedLogin of(NodeId node, PublicKey key, PublicKey by, IssuedLogins known) {
        ClientName name = ClientName.of(node.value());
        List<Issued> all = known.of(name).stream()
                .filter(one -> one.role().equals(MeshRoles.NODE.name()))
                .toList();
        Optional<Issued> shown =
                all.stream().filter(one -> one.key().equals(by)).findFirst();
        if (shown.isEmpty() || shown.get().revoked().isPresent()) {
            return refused(
                    node,
                    "it asks by a login that %s"
                            .formatted(shown.isEmpty() ? "is none of those that were issued" : "was revoked"),
                    "if it is yours, make it another: harmony mesh login --node " + node);
        }
        List<Issued> later = all.stream()
                .filter(one ->
                        one.revoked().isEmpty() && one.at().isAfter(shown.get().at()))
                .toList();
        return later.isEmpty()
                ? new Due(node, name, key)
                : later.stream()
                        .filter(one -> one.key().equals(key))
                        .findFirst()
                        .<RequestedLogin>map(one -> new Waiting(node, one))
                        .orElseGet(() -> replaced(node, later.getLast()));
    }

    private static Refused replaced(NodeId node, Issued by) {
        return refused(
                node,
                "in the place of the login by which it asks, another was issued at " + by.at(),
                "if you made that, put it on the node. If not, somebody has a copy of the login that the node was given: `harmony mesh revoke %1$s`, and then `harmony mesh login --node %1$s`"
                        .formatted(node));
    }

    private static Refused refused(NodeId node, String what, String next) {
        return new Refused(node, new Cause(what, "node " + node, next));
    }
}
