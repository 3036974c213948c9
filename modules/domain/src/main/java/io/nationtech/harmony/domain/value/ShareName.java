package io.nationtech.harmony.domain.value;

/**
 * A folder of the household, by the name that all its nodes have for it: {@code photos}, {@code documents}. Where it is on a node, the node's
 * own settings say. 1 to 63 of a-z, 0-9 and '-'.
 */
public record ShareName(String value) implements Comparable<ShareName> {
    public ShareName {
        Label.require("share", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static ShareName of(String value) {
        return new ShareName(value);
    }

    @Override
    public int compareTo(ShareName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
