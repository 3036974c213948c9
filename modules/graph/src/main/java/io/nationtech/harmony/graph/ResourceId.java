package io.nationtech.harmony.graph;

import java.util.Comparator;

/** Which resource of a deployment: it stays the same from one apply to the next. */
public record ResourceId(ResourceKind kind, ResourceName name) implements Comparable<ResourceId> {
    private static final Comparator<ResourceId> ORDER =
            Comparator.comparing(ResourceId::kind).thenComparing(ResourceId::name);

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
