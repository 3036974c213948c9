package io.nationtech.harmony.form;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** The forms of the platform's own types. */
final class ScalarShapes {
    /** A mebibyte is the most that travels at once. */
    static final int LONGEST_TEXT = 1 << 20;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    static final Shape TEXT = new OfText(ScalarShapes::wellFormed, ScalarShapes::wellFormed);
    static final Map<Class<?>, Shape> ALL = Map.of(
            String.class,
            TEXT,
            int.class,
            new OfNumber(ScalarShapes::asInt),
            Integer.class,
            new OfNumber(ScalarShapes::asInt),
            long.class,
            new OfNumber(number -> number),
            Long.class,
            new OfNumber(number -> number),
            boolean.class,
            new OfTruth(),
            Boolean.class,
            new OfTruth(),
            Duration.class,
            new OfText(Object::toString, Duration::parse),
            Instant.class,
            new OfText(Object::toString, ScalarShapes::instant));

    private ScalarShapes() {}

    private static Object asInt(Long number) {
        return Math.toIntExact(number);
    }

    /**
     * Half a surrogate pair, as a text cut in the wrong place ends with, would make bytes that nobody can read. JSON can say it all the
     * same, by its number; what is read is what would be written.
     */
    private static String wellFormed(Object text) {
        return new String(((String) text).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** What {@link Instant} could hold beyond these years, no clock shows and few others can read. */
    private static Instant instant(String text) {
        Instant instant = Instant.parse(text);
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new DateTimeException("outside the years 1 to 9999");
        }
        return instant;
    }

    static String text(Object form, Place at) {
        if (!(form instanceof String text)) {
            throw at.wrong("not a text");
        }
        if (text.length() > LONGEST_TEXT) {
            throw at.wrong("%d characters are more than %d".formatted(text.length(), LONGEST_TEXT));
        }
        return text;
    }

    private record OfText(Function<Object, String> writer, Function<String, Object> reader) implements Shape {
        @Override
        public Written written() {
            return Written.TEXT;
        }

        @Override
        public Object write(Object value) {
            return writer.apply(value);
        }

        @Override
        public Object read(Object form, Place at) {
            String text = text(form, at);
            try {
                return reader.apply(text);
            } catch (DateTimeException e) {
                throw at.wrong("'%s' is not ISO 8601, or outside of what can be: %s"
                        .formatted(Place.cut(text), e.getMessage()));
            }
        }
    }

    private record OfNumber(Function<Long, Object> reader) implements Shape {
        @Override
        public Written written() {
            return Written.NUMBER;
        }

        @Override
        public Object write(Object value) {
            return value;
        }

        @Override
        public Object read(Object form, Place at) {
            try {
                return switch (form) {
                    case Integer number -> reader.apply(number.longValue());
                    case Long number -> reader.apply(number);
                    default -> throw at.wrong("not a whole number, or too large");
                };
            } catch (ArithmeticException e) {
                throw at.wrong("%s is too large".formatted(form));
            }
        }
    }

    private record OfTruth() implements Shape {
        @Override
        public Written written() {
            return Written.TRUTH;
        }

        @Override
        public Object write(Object value) {
            return value;
        }

        @Override
        public Object read(Object form, Place at) {
            if (form instanceof Boolean) {
                return form;
            }
            throw at.wrong("neither true nor false");
        }
    }
}
