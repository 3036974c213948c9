package io.nationtech.harmony.domain.value;

/** The name of a site: a place with an uplink. A DNS label (RFC 1123 §2.1): 1 to 63 of a-z, 0-9 and '-'. */
public record SiteName(String value) implements Comparable<SiteName> {
    public SiteName {
        Label.require("site", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static SiteName of(String value) {
        return new SiteName(value);
    }

    @Override
    public int compareTo(SiteName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
