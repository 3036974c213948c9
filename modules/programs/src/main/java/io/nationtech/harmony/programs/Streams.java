package io.nationtech.harmony.programs;

/** What becomes of both streams that a program writes to. */
public sealed interface Streams {
    /** Of its standard output. */
    Output output();

    /** Of its standard error. */
    Output errors();

    /** Each by itself. */
    record Apart(Output output, Output errors) implements Streams {}

    /** The errors are in the output, in the order in which both were written. */
    record Mixed(Output output) implements Streams {
        @Override
        public Output errors() {
            return new Output.Dropped();
        }
    }
}
