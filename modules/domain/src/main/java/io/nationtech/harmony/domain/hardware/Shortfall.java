package io.nationtech.harmony.domain.hardware;

/**
 * By how much a node misses a requirement.
 *
 * @param text for people, as in {@code needs 2 GiB more memory: 6 GiB of 8 GiB are free}
 * @param shortfall the missing part in thousandths, 1 to 1000; 1000 where the thing is not there at all
 */
public record Shortfall(String text, int shortfall) implements Comparable<Shortfall> {
    private static final int WHOLE = 1_000;

    public Shortfall {
        Bounds.within("shortfall", shortfall, 1, WHOLE);
    }

    /** The thing is not there. */
    public static Shortfall absent(String text) {
        return new Shortfall(text, WHOLE);
    }

    /** There is some of it, but less than needed. */
    public static Shortfall shortOf(String text, long needed, long there) {
        long part = Math.round((needed - there) * (double) WHOLE / needed);
        return new Shortfall(text, Math.clamp(part, 1, WHOLE - 1));
    }

    /** The closest first. */
    @Override
    public int compareTo(Shortfall other) {
        int order = Integer.compare(shortfall, other.shortfall);
        return order != 0 ? order : text.compareTo(other.text);
    }
}
