package io.nationtech.harmony.importer;

/**
 * Where something stands in a source.
 *
 * @param file as it was named, or relative to the first file's folder
 * @param line from 1; 0 for the file as a whole
 */
public record Place(String file, int line) {

    /** The file as a whole. */
    static Place of(String file) {
        return new Place(file, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
