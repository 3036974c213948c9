package io.nationtech.harmony.hardware.gpio;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.I2cBus;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;

/** I²C buses that programs can open. */
public final class I2cSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("i2c");
    private static final String FOLDER = "sys/class/i2c-dev";

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
                .filter(name -> name.matches("i2c-[0-9]{1,3}"))
                .flatMap(name -> bus(look, name).stream())
                .toList();
    }

    private static Optional<Fact> bus(Look look, String name) {
        return look.value(
                FOLDER + "/" + name,
                () -> new Fact.OfDevice(
                        new I2cBus(DevicePath.of(name), Integer.parseInt(name.substring(name.indexOf('-') + 1)))));
    }
}
