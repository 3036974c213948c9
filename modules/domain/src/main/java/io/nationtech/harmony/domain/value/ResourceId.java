package io.nationtech.harmony.domain.value;

import java.util.Comparator;

/** Which resource of a deployment: it stays the same from one apply to the next. */
public record ResourceId(KindName kind, ResourceName name) implements Comparable<ResourceId> {
    private static final Comparator<ResourceId> ORDER =
            Comparator.comparing(ResourceId::kind).thenComparing(ResourceId::name);

    /**
     * Reads {@code kind/name}.
     *
     * @throws InvalidValueException when it is not of this form
     */
    public static ResourceId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new InvalidValueException("'%s' is not a resource; write kind/name".formatted(text));
        }
        return new ResourceId(KindName.of(text.substring(0, slash)), ResourceName.of(text.substring(slash + 1)));
    }

    /** As {@link #parse} reads it; also its form. */
    public String text() {
        return path();
    }

    /** As {@link #parse} reads it. */
    public String path() {
        return kind + "/" + name;
    }

    @Override
    public int compareTo(ResourceId other) {
        return ORDER.compare(this, other);
    }

    /** Kind and name as people read them. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
