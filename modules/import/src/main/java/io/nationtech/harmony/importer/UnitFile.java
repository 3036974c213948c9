package io.nationtech.harmony.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A unit of systemd, as far as quadlets need it: sections of keys with values, which may go on in the next line (systemd.syntax(7)).
 */
record UnitFile(List<Setting> settings) {
    private static final int MOST_LINES = 10_000;

    /** One line. */
    record Setting(String section, String key, String value, Place at) {
        Value.Scalar scalar() {
            return new Value.Scalar(value, at);
        }
    }

    /**
     * @throws RefusedSourceException when a line is none of a unit
     */
    static UnitFile read(String file, String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() > MOST_LINES) {
            throw new RefusedSourceException(
                    Place.of(file), "the unit has more than %d lines".formatted(MOST_LINES), "name a quadlet");
        }
        List<Setting> settings = new ArrayList<>();
        String section = "";
        for (int i = 0; i < lines.size(); i++) {
            Place at = new Place(file, i + 1);
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
                continue;
            }
            StringBuilder whole = new StringBuilder(line);
            while (whole.charAt(whole.length() - 1) == '\\' && i + 1 < lines.size()) {
                i++;
                whole.setLength(whole.length() - 1);
                String next = lines.get(i).strip();
                whole.append(' ').append(next.startsWith("#") || next.startsWith(";") ? "\\" : next);
                if (whole.isEmpty()) {
                    break;
                }
            }
            int equals = whole.indexOf("=");
            if (equals < 1 || section.isEmpty()) {
                throw new RefusedSourceException(at, "the line is none of a unit", "write [Section] and Key=value");
            }
            settings.add(new Setting(
                    section,
                    whole.substring(0, equals).strip(),
                    whole.substring(equals + 1).strip(),
                    at));
        }
        return new UnitFile(settings);
    }

    Stream<Setting> all(String section, String key) {
        return settings.stream()
                .filter(one -> one.section().equals(section)
                        && one.key().equals(key)
                        && !one.value().isEmpty());
    }

    Optional<Setting> last(String section, String key) {
        return all(section, key).reduce((_, other) -> other);
    }
}
