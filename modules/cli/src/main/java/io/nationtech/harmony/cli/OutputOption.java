package io.nationtech.harmony.cli;

import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** In which form a command answers. */
final class OutputOption {

    /** A form. */
    enum Format {
        TABLE,
        JSON;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<format>",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; JSON has stable field names (default: ${DEFAULT-VALUE})")
    private Format format = Format.TABLE;

    /** The answer in the form asked for. */
    String answer(Supplier<String> table, Supplier<Object> json) {
        return choose(table, () -> Json.write(json.get()));
    }

    /** Whatever belongs to the form asked for. */
    <T> T choose(Supplier<? extends T> table, Supplier<? extends T> json) {
        return switch (format) {
            case TABLE -> table.get();
            case JSON -> json.get();
        };
    }
}
