package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.nio.charset.StandardCharsets;

/** Writes values into unit files so that systemd, and quadlet before it, read them as they are: systemd.syntax(7), systemd.service(5). */
final class UnitQuoting {
    private UnitQuoting() {}

    /**
     * A word of a command, between quotes: in ExecStart= and its kin, and in quadlet's PodmanArgs=, which becomes a part of it.
     *
     * @throws InvalidValueException for a control character other than a line's end or a tab, which no unit file can carry
     */
    static String word(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        checked(value).codePoints().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                // They begin a specifier and a variable.
                case '%' -> quoted.append("%%");
                case '$' -> quoted.append("$$");
                default -> quoted.appendCodePoint(character);
            }
        });
        return quoted.append('"').toString();
    }

    private static String checked(String value) {
        value.codePoints()
                .filter(character -> Character.isISOControl(character) && character != '\n' && character != '\t')
                .findFirst()
                .ifPresent(character -> {
                    throw new InvalidValueException(
                            "'%s' has the control character U+%04X, which cannot stand in a unit file"
                                    .formatted(printable(value), character));
                });
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new InvalidValueException("'%s' has half a character (a surrogate alone), which UTF-8 cannot write"
                    .formatted(printable(value)));
        }
        return value;
    }

    private static String printable(String value) {
        return value.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
