package io.nationtech.harmony.cli;

import java.util.Optional;
import java.util.regex.Pattern;

/** What somebody in a fleet under chaos did or saw, at a time of the monotonic clock, which all processes of a machine share. */
sealed interface ChaosEvent {

    /** In nanoseconds. */
    long at();

    /**
     * What a node is told of a deployment.
     *
     * @param version grows with each that is said; 0 is none
     */
    record Word(String deployment, String node, int version) {
        /** Of what there is one word, as it changes. */
        Word none() {
            return new Word(deployment, node, 0);
        }

        @Override
        public String toString() {
            return "%s %s %d".formatted(deployment, node, version);
        }
    }

    /** Somebody began to write it. */
    record Tried(long at, Word word) implements ChaosEvent {}

    /** The mesh acknowledged it. */
    record Acknowledged(long at, Word word) implements ChaosEvent {}

    /**
     * Somebody read it.
     *
     * @param at when they began to
     */
    record Read(long at, Word word) implements ChaosEvent {}

    /** A node began to run it. */
    record Ran(long at, String node, Word word) implements ChaosEvent {}

    /**
     * Somebody still had a lease.
     *
     * @param at before they asked
     */
    record Held(long at, String by, long epoch) implements ChaosEvent {}

    /** What was kept of it on the server's disk was changed by nobody. */
    record Flipped(long at, Word word) implements ChaosEvent {}

    /** As it travels from process to process. */
    default String line() {
        return switch (this) {
            case Tried(long at, Word word) -> "tried %d %s".formatted(at, word);
            case Acknowledged(long at, Word word) -> "acknowledged %d %s".formatted(at, word);
            case Read(long at, Word word) -> "read %d %s".formatted(at, word);
            case Ran(long at, String node, Word word) -> "ran %d %s %s".formatted(at, node, word);
            case Held(long at, String by, long epoch) -> "held %d %s %d".formatted(at, by, epoch);
            case Flipped(long at, Word word) -> "flipped %d %s".formatted(at, word);
        };
    }

    /** Empty when it is none, or cut off as by the end of who wrote it. */
    static Optional<ChaosEvent> parse(String line) {
        String[] words = line.split(" ", -1);
        Pattern form = Pattern.compile(
                "(tried|acknowledged|read|flipped) \\d+ \\S+ \\S+ \\d+|ran \\d+( \\S+){3} \\d+|held \\d+ \\S+ \\d+");
        if (!form.matcher(line).matches()) {
            return Optional.empty();
        }
        long at = Long.parseLong(words[1]);
        return Optional.of(
                switch (words[0]) {
                    case "tried" -> new Tried(at, word(words, 2));
                    case "acknowledged" -> new Acknowledged(at, word(words, 2));
                    case "read" -> new Read(at, word(words, 2));
                    case "flipped" -> new Flipped(at, word(words, 2));
                    case "ran" -> new Ran(at, words[2], word(words, 3));
                    default -> new Held(at, words[2], Long.parseLong(words[3]));
                });
    }

    private static Word word(String[] words, int from) {
        return new Word(words[from], words[from + 1], Integer.parseInt(words[from + 2]));
    }
}
