package io.nationtech.harmony.hardware.gpio;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chips of GPIO lines. Which lines the kernel uses stands in debugfs, which only root reads. */
public final class GpioSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("gpio");
    private static final String FOLDER = "sys/bus/gpio/devices";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER);
    }

    private static final String STATE = "sys/kernel/debug/gpio";
    private static final String OLD_CLASS = "sys/class/gpio";
    private static final int MOST_BYTES = 256 << 10;

    @Override
    public List<Fact> facts(Look look) {
        List<String> chips = look.names(FOLDER).stream()
                .filter(name -> name.startsWith("gpiochip"))
                .toList();
        if (chips.isEmpty()) {
            return List.of();
        }
        Map<String, GpioState> states =
                GpioState.parse(look.text(STATE, MOST_BYTES).orElse(""));
        return chips.stream().flatMap(name -> chip(look, name, states).stream()).toList();
    }

    private static Optional<Fact> chip(Look look, String name, Map<String, GpioState> states) {
        Optional<GpioState> state =
                Optional.ofNullable(states.get(name)).or(() -> fromOldClass(look, FOLDER + "/" + name));
        if (state.isEmpty()) {
            look.unread(FOLDER + "/" + name, "how many lines it has stands in /" + STATE + ", which cannot be read");
        }
        return state.flatMap(known -> look.value(
                FOLDER + "/" + name,
                () -> new Fact.OfDevice(
                        new GpioChip(DevicePath.of(name), known.label(), known.lines(), known.taken()))));
    }

    /** Kernels with the old interface tell anybody how many lines there are, but not which are used. */
    private static Optional<GpioState> fromOldClass(Look look, String chip) {
        return look.names(OLD_CLASS).stream()
                .filter(name -> name.startsWith("gpiochip"))
                .map(name -> OLD_CLASS + "/" + name + "/")
                .filter(old -> look.target(old + "device").equals(look.target(chip)) || isUnder(look, old, chip))
                .findFirst()
                .flatMap(old -> {
                    look.unread(chip, "which lines are used stands in /" + STATE + ", which cannot be read");
                    return look.number(old + "ngpio")
                            .map(lines -> new GpioState(
                                    ModelName.cleaned(
                                            look.textIfAny(old + "label").orElse("")),
                                    Math.clamp(lines, 0, Integer.MAX_VALUE),
                                    Set.of()));
                });
    }

    /** The old class' chips hang under the parent of the new one's. */
    private static boolean isUnder(Look look, String old, String chip) {
        Optional<String> parent = look.target(old + "device");
        return parent.isPresent() && look.targetPath(chip).contains("/" + parent.get() + "/");
    }
}
