package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What a value type says when it refuses: the value, the rule and the fix. */
final class Refusal {
    private Refusal() {}

    static void of(Executable making, String... saying) {
        String message =
                String.valueOf(assertThrows(InvalidValueException.class, making).getMessage());
        for (String part : saying) {
            assertTrue(message.contains(part), () -> "\"%s\" does not say \"%s\"".formatted(message, part));
        }
    }
}
