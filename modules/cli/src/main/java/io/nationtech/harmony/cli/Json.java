package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/** JSON for programs: objects keep the order in which their fields are named. */
final class Json {
    private static final JSON WRITER = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

    private Json() {}

    static String write(Object document) {
        return WRITER.asString(document);
    }

    /** On one line, for those who read a stream. */
    static String line(Object document) {
        return JSON.std.asString(document);
    }

    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static Map<String, Object> of(Cause cause) {
        return object("what", cause.what(), "where", cause.where(), "next", cause.next());
    }
}
