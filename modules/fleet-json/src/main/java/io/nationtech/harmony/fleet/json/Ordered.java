package io.nationtech.harmony.fleet.json;

import java.util.LinkedHashMap;
import java.util.Map;

/** Objects whose fields are written in the order given, so that equal data has equal bytes. */
final class Ordered {
    private Ordered() {}

    static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
