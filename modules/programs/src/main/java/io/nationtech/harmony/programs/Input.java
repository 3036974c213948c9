package io.nationtech.harmony.programs;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What a program reads. */
public sealed interface Input {
    /** Nothing: it finds the end at once. */
    record Nothing() implements Input {}

    /** These, by a pipe. One that does not read them, or not to the end, waits for nobody. */
    record Bytes(ByteBuffer bytes) implements Input {}

    /** A file. */
    record OfFile(Path file) implements Input {}
}
