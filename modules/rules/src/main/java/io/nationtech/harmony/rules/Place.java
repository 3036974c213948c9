package io.nationtech.harmony.rules;

/**
 * A line of source.
 *
 * @param file as a person finds it from where the build runs
 * @param line from 1
 */
public record Place(String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
