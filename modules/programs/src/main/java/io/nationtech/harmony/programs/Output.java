package io.nationtech.harmony.programs;

import java.nio.file.Path;
import java.util.function.Consumer;

/** What becomes of what a program writes. All of it is read at any time, so that no program waits for somebody to read. */
public sealed interface Output {
    /**
     * A part is kept; the rest is dropped.
     *
     * @param most bytes
     */
    record Kept(Part part, int most) implements Output {}

    /** Which. */
    enum Part {
        /** What was written first, as what is read by a program has to be. */
        BEGINNING,
        /** What was written last, where most programs say why they failed. */
        ENDING
    }

    /**
     * Each line is told once it is whole, by the thread that waits for the program; of a line of more than 64 KiB, the beginning.
     *
     * @param reader what it throws, kills the program
     */
    record Lines(Consumer<String> reader) implements Output {}

    /**
     * It is written into a file, by the program itself. The file is not synced.
     *
     * @param file is emptied first
     * @param most bytes; the program is killed soon after it wrote more
     */
    record InFile(Path file, long most) implements Output {}

    /** It is dropped. */
    record Dropped() implements Output {}

    /** The first bytes are kept. */
    static Output beginning(int most) {
        return new Kept(Part.BEGINNING, most);
    }

    /** The last bytes are kept. */
    static Output ending(int most) {
        return new Kept(Part.ENDING, most);
    }
}
