package io.nationtech.harmony.fleet.json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects whose fields are written in the order given, so that equal data has equal bytes. */
final class Ordered {
    private Ordered() {}

    static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], wellFormed(namesAndValues[i + 1]));
        }
        return map;
    }

    /** Half a surrogate pair, as a text cut in the wrong place ends with, would make bytes that nobody can read. */
    private static Object wellFormed(Object value) {
        return value instanceof String text
                ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                : value;
    }
}
