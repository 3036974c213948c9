package io.nationtech.harmony.fleet.json;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An enum's constants as lower-case words. */
record EnumForm<E extends Enum<E>>(Class<E> type) {

    String write(E constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** As {@link #read}, empty where the field is missing. */
    Optional<E> readIfAny(Fields fields, String name) {
        return fields.textIfAny(name, word -> word).map(_ -> read(fields, name));
    }

    E read(Fields fields, String name) {
        String word = fields.text(name);
        return Stream.of(type.getEnumConstants())
                .filter(constant -> write(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> fields.unknown(name));
    }
}
