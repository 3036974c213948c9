package io.nationtech.harmony.programs;

import java.time.Duration;

/** How a program ended. */
public sealed interface Ended {
    /** What it wrote; where both streams are one, all of it. */
    Written output();

    /** What it wrote to its standard error. */
    Written errors();

    /** What it ended with, as a shell says it: 124 when it was killed here (timeout(1)), 127 when it was never there. */
    int code();

    /** How it ended, for people, as what follows its name: "ended with 3". */
    String how();

    /** By itself. */
    record Exited(int code, Written output, Written errors) implements Ended {
        @Override
        public String how() {
            return "ended with %d".formatted(code);
        }
    }

    /**
     * It was killed here, with what it had started.
     *
     * @param after how long it ran
     */
    record Killed(Reason reason, Duration after, Written output, Written errors) implements Ended {
        private static final int EXPIRED = 124;

        @Override
        public int code() {
            return EXPIRED;
        }

        @Override
        public String how() {
            return switch (reason) {
                case DEADLINE -> "did not end within %s and was killed".formatted(shown(after));
                case WATCH -> "did not get on and was killed after %s".formatted(shown(after));
                case TOO_MUCH -> "wrote more than it may and was killed";
                case CLOSED -> "was killed, as it is not needed any more";
            };
        }

        private static String shown(Duration time) {
            return time.toSeconds() == 0 ? time.toMillis() + " ms" : time.toSeconds() + " s";
        }
    }

    /** Why it was killed. */
    enum Reason {
        DEADLINE,
        /** Who watched it wanted it so. */
        WATCH,
        /** It wrote more into a file than it may. */
        TOO_MUCH,
        /** Its group was closed. */
        CLOSED
    }

    /** It never ran: there is no such program, it must not be run, or no memory or process is left for it. */
    record NotStarted(String why) implements Ended {
        private static final int NOT_FOUND = 127;

        @Override
        public Written output() {
            return Written.NOTHING;
        }

        @Override
        public Written errors() {
            return Written.NOTHING;
        }

        @Override
        public int code() {
            return NOT_FOUND;
        }

        @Override
        public String how() {
            return "cannot be run: " + why;
        }
    }

    /** Whether it did what it was run for. */
    default boolean isGood() {
        return code() == 0;
    }

    /** As {@link #how()}, with the last that it said. */
    default String complaint() {
        String said = errors().text().isBlank() ? output().lastLines() : errors().lastLines();
        return said.isEmpty() ? how() : how() + ":\n" + said;
    }
}
