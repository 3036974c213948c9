package io.nationtech.harmony.domain.value;

/** The identity of a node, unique in its mesh. A DNS label (RFC 1123 §2.1): 1 to 63 of a-z, 0-9 and '-'. */
public record NodeId(String value) implements Comparable<NodeId> {
    public NodeId {
        Label.require("node", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static NodeId of(String value) {
        return new NodeId(value);
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
