package io.nationtech.harmony.hardware.gpio;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.PwmChip;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;

/** Chips with pulse-width modulation. */
public final class PwmSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("pwm");
    private static final String FOLDER = "sys/class/pwm";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER);
    }

    @Override
    public List<Fact> facts(Look look) {
        return look.names(FOLDER).stream()
                .filter(name -> name.startsWith("pwmchip"))
                .flatMap(name -> chip(look, name).stream())
                .toList();
    }

    private static Optional<Fact> chip(Look look, String name) {
        String file = FOLDER + "/" + name + "/npwm";
        return look.number(file)
                .flatMap(channels -> look.value(
                        file,
                        () -> new Fact.OfDevice(
                                new PwmChip(DevicePath.of(name), Math.clamp(channels, 0, Integer.MAX_VALUE)))));
    }
}
