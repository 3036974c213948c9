package io.nationtech.harmony.config;

import java.nio.file.Path;

/** Where a value came from. */
public sealed interface Origin {

    /** An environment variable. */
    record Environment(String variable) implements Origin {
        @Override
        public String toString() {
            return "environment " + variable;
        }
    }

    /** A line of the configuration file, 1 and up. */
    record FileLine(Path file, int line) implements Origin {
        @Override
        public String toString() {
            return "%s:%d".formatted(file, line);
        }
    }

    /** A secret store. */
    record Store(String place) implements Origin {
        @Override
        public String toString() {
            return "secret store " + place;
        }
    }

    /** A person, just now; the answer was kept in a file or store, so that nobody is asked again. */
    record Answer(String keptIn) implements Origin {
        @Override
        public String toString() {
            return "asked for, kept in " + keptIn;
        }
    }
}
