package io.nationtech.harmony.seed;

/**
 * What is wrong in a seed.
 *
 * @param line where, from 1
 * @param what names the section and the key, and says what would be right
 */
public record Problem(int line, String what) {
    @Override
    public String toString() {
        return "line %d: %s".formatted(line, what);
    }
}
