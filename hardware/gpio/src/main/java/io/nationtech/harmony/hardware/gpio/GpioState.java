package io.nationtech.harmony.hardware.gpio;

import io.nationtech.harmony.domain.hardware.ModelName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chip as debugfs tells it (gpiolib's {@code gpio} file). Up to Linux 6.14 lines count over all chips, {@code GPIOs 512-569};
 * after it each chip counts its own, {@code 58 GPIOs}.
 *
 * @param taken lines that the kernel uses itself, or somebody else at this moment
 */
record GpioState(ModelName label, int lines, Set<Integer> taken) {
    private static final Pattern CHIP = Pattern.compile(
            "(gpiochip[0-9]{1,4}): (?:GPIOs ([0-9]{1,6})-([0-9]{1,6})|([0-9]{1,6}) GPIOs)(?:, parent: [^,]*)?(?:, (.*?))?(?:, can sleep)?:");
    private static final Pattern TAKEN = Pattern.compile(" gpio-([0-9]{1,6}) *\\(.*\\|.*\\).*");

    static Map<String, GpioState> parse(String text) {
        Map<String, GpioState> chips = new HashMap<>();
        String chip = "";
        int first = 0;
        for (String line : text.lines().toList()) {
            Matcher head = CHIP.matcher(line);
            Matcher taken = TAKEN.matcher(line);
            if (head.matches()) {
                chip = head.group(1);
                first = head.group(2) == null ? 0 : Integer.parseInt(head.group(2));
                int lines = head.group(2) == null
                        ? Integer.parseInt(head.group(4))
                        : Integer.parseInt(head.group(3)) - first + 1;
                String label = head.group(5) == null ? "" : head.group(5);
                chips.put(chip, new GpioState(ModelName.cleaned(label), lines, new HashSet<>()));
            } else if (taken.matches() && chips.containsKey(chip)) {
                chips.get(chip).taken().add(Integer.parseInt(taken.group(1)) - first);
            }
        }
        return chips;
    }
}
