package io.nationtech.harmony.cli;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

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

    /** Says what there is as it is written. */
    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return Stream.of(Format.values())
                    .filter(format -> format.toString().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'%s' is not one of %s"
                            .formatted(
                                    word,
                                    Stream.of(Format.values())
                                            .map(Format::toString)
                                            .collect(Collectors.joining(", ")))));
        }
    }

    /** Whether a command that was understood was asked for JSON. */
    static boolean isJson(ParseResult parsed) {
        return parsed.asCommandLineList().stream()
                .map(command -> command.getParseResult().matchedOptionValue("-o", Format.TABLE))
                .anyMatch(Format.JSON::equals);
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<format>",
            converter = FormatConverter.class,
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
