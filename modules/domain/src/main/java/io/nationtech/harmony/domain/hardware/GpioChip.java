package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Set;

/**
 * A chip with general-purpose input and output lines, numbered from 0 (Linux gpiochip).
 *
 * @param label the driver's name for it, as in {@code pinctrl-bcm2711}
 * @param lines 1 to 1024
 * @param taken lines that the kernel or firmware uses itself
 */
public record GpioChip(DevicePath path, ModelName label, int lines, Set<Integer> taken) implements Device {
    private static final int MOST = 1_024;

    public GpioChip {
        Bounds.within("lines of %s".formatted(path), lines, 1, MOST);
        taken = Set.copyOf(taken);
        for (int line : taken) {
            if (line < 0 || line >= lines) {
                throw new InvalidValueException(
                        "taken line %d of %s is outside 0..%d".formatted(line, path, lines - 1));
            }
        }
    }

    /** Whether work may have the line. */
    public boolean offers(int line) {
        return line >= 0 && line < lines && !taken.contains(line);
    }
}
