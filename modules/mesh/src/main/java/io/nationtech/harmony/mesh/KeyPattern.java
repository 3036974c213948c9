package io.nationtech.harmony.mesh;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/**
 * Some keys of a bucket, part by part: {@code *} stands for any one part, {@code >}, which can only come last, for one or more.
 * Nodes' deployments are kept under {@code <node>.<deployment>}: {@code KeyPattern.any().then("shop")} is a deployment on all
 * nodes, {@code KeyPattern.under(Key.of("n1"))} all that concerns a node.
 */
public record KeyPattern(List<String> parts) {
    private static final String ANY = "*";
    private static final String REST = ">";

    public KeyPattern {
        if (parts.isEmpty()) {
            throw new InvalidValueException("a key pattern has at least one part");
        }
        List<String> literal = parts.getLast().equals(REST) ? parts.subList(0, parts.size() - 1) : parts;
        Tokens.require(
                "key pattern",
                literal.stream().filter(part -> !part.equals(ANY)).toList());
        parts = List.copyOf(parts);
    }

    /** Every key of the bucket. */
    public static KeyPattern all() {
        return new KeyPattern(List.of(REST));
    }

    /** Any key of one part; to be gone on with. */
    public static KeyPattern any() {
        return new KeyPattern(List.of(ANY));
    }

    /** This key alone. */
    public static KeyPattern exactly(Key key) {
        return new KeyPattern(key.parts());
    }

    /** All keys below this one; the key itself is none of them. */
    public static KeyPattern under(Key key) {
        return exactly(key).and(REST);
    }

    /** With this part next. */
    public KeyPattern then(String part) {
        return and(Tokens.require("key pattern", List.of(part)).getFirst());
    }

    /** With any one part next. */
    public KeyPattern thenAny() {
        return and(ANY);
    }

    /** With any parts from here on, at least one. */
    public KeyPattern thenRest() {
        return and(REST);
    }

    private KeyPattern and(String part) {
        List<String> longer = new ArrayList<>(parts);
        longer.add(part);
        return new KeyPattern(longer);
    }

    /** Whether the key is one of these. */
    public boolean matches(Key key) {
        return matches(key.parts());
    }

    /** The same for parts that may be no key's. */
    public boolean matches(List<String> key) {
        boolean open = parts.getLast().equals(REST);
        int fixed = open ? parts.size() - 1 : parts.size();
        if (open ? key.size() <= fixed : key.size() != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            if (!parts.get(i).equals(ANY) && !parts.get(i).equals(key.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether no part is named, and so only how many there are is said. */
    public boolean isOfAnyNames() {
        return parts.stream().allMatch(part -> part.equals(ANY) || part.equals(REST));
    }

    /** What the text of every matching key begins with. */
    String literal() {
        List<String> fixed = parts.stream()
                .takeWhile(part -> !part.equals(ANY) && !part.equals(REST))
                .toList();
        return fixed.size() == parts.size() || fixed.isEmpty() ? Tokens.join(fixed) : Tokens.join(fixed) + ".";
    }

    /** With dots between the parts. */
    @Override
    public String toString() {
        return Tokens.join(parts);
    }
}
