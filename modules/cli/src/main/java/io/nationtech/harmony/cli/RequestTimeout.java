package io.nationtech.harmony.cli;

import io.nationtech.harmony.fleet.ExecRequest;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long a node may take to do what it is asked. */
final class RequestTimeout implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        long most = ExecRequest.LONGEST.toSeconds();
        if (text.matches("[0-9]{1,3}") && Long.parseLong(text) >= 1 && Long.parseLong(text) <= most) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        throw new TypeConversionException("'%s' is not a number of seconds from 1 to %d".formatted(text, most));
    }
}
