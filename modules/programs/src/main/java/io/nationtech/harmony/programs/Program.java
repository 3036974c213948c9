package io.nationtech.harmony.programs;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to be run, without a shell. Immutable; each method that changes something gives another one.
 *
 * <p>Said of no more than its words, it reads nothing, and the first MiB that it writes is kept, and the last 64 KiB of its errors. It speaks English, without
 * colours and pagers, as people read its messages and callers look for words in them, and it has nothing of what systemd told this process alone.
 *
 * @param words its name, looked for in PATH, and its arguments; everybody on the machine can read them, so none is a secret
 */
public record Program(List<String> words, Surroundings surroundings, Input input, Streams streams) {
    private static final Output OUTPUT = Output.beginning(1 << 20);
    private static final File NOTHING = new File("/dev/null");
    private static final Output ERRORS = Output.ending(64 << 10);

    public Program {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a program has a name: its words are empty");
        }
    }

    /** One of these words. */
    public static Program of(String... words) {
        return of(List.of(words));
    }

    /** As {@link #of(String...)}. */
    public static Program of(List<String> words) {
        return new Program(words, Surroundings.OURS, new Input.Nothing(), new Streams.Apart(OUTPUT, ERRORS));
    }

    /** Its working directory; else it is that of this process. */
    public Program in(Path folder) {
        return new Program(words, surroundings.in(folder), input, streams);
    }

    /** More variables of its environment. Its user alone can read them, so a secret is still better read from a pipe. */
    public Program with(Map<String, String> variables) {
        return new Program(words, surroundings.with(variables), input, streams);
    }

    /** What it starts stays when it is killed: what is a program's own work, as a container is podman's. */
    public Program leavingOffspring() {
        return new Program(words, surroundings.with(new Offspring.Stays()), input, streams);
    }

    /** What has this mark in its environment is killed with it, by whomever that was started. */
    public Program marked(Mark mark) {
        return new Program(words, surroundings.with(new Offspring.MarkedSo(mark)), input, streams);
    }

    /** It reads these bytes, which are not copied: who wipes a secret does so when the program has ended. */
    public Program reading(ByteBuffer bytes) {
        return new Program(words, surroundings, new Input.Bytes(bytes), streams);
    }

    /** It reads a file. */
    public Program reading(Path file) {
        return new Program(words, surroundings, new Input.OfFile(file), streams);
    }

    /** What becomes of its output; its errors are as they were, and apart. */
    public Program writing(Output output) {
        return new Program(words, surroundings, input, new Streams.Apart(output, streams.errors()));
    }

    /** What becomes of its errors, apart from its output. */
    public Program complaining(Output errors) {
        return new Program(words, surroundings, input, new Streams.Apart(streams.output(), errors));
    }

    /** Of both streams, apart, so many of the first bytes are kept. */
    public Program keeping(int most) {
        Output kept = Output.beginning(most);
        return new Program(words, surroundings, input, new Streams.Apart(kept, kept));
    }

    /** Its errors are in its output, in the order in which both were written. */
    public Program mixed() {
        return new Program(words, surroundings, input, new Streams.Mixed(streams.output()));
    }

    /**
     * Runs it and waits for its end.
     *
     * @param deadline after which it is killed; over all of it, its output as well
     * @throws InterruptedException when this thread is interrupted; the program is dead by then
     */
    public Ended run(Duration deadline) throws InterruptedException {
        return new ProgramGroup().run(this, deadline);
    }

    /**
     * Begins one that goes on without whoever began it. It reads nothing, and what it writes is nobody's.
     *
     * @throws IOException when there is no such program, or no room for one
     */
    public Process inBackground() throws IOException {
        return new Program(
                        words,
                        surroundings.with(new Offspring.Stays()),
                        new Input.Nothing(),
                        new Streams.Apart(new Output.Dropped(), new Output.Dropped()))
                .start();
    }

    Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        surroundings.prepare(builder);
        builder.redirectInput(redirect(input));
        builder.redirectOutput(redirect(streams.output()));
        switch (streams) {
            case Streams.Apart(Output _, Output errors) -> builder.redirectError(redirect(errors));
            case Streams.Mixed _ -> builder.redirectErrorStream(true);
        }
        return builder.start();
    }

    private static Redirect redirect(Input input) {
        return switch (input) {
            case Input.Nothing() -> Redirect.from(NOTHING);
            case Input.Bytes _ -> Redirect.PIPE;
            case Input.OfFile(Path file) -> Redirect.from(file.toFile());
        };
    }

    private static Redirect redirect(Output output) {
        return switch (output) {
            case Output.Kept _, Output.Lines _ -> Redirect.PIPE;
            case Output.InFile(Path file, long _) -> Redirect.to(file.toFile());
            case Output.Dropped() -> Redirect.DISCARD;
        };
    }
}
