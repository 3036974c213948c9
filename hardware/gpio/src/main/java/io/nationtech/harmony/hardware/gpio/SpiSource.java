package io.nationtech.harmony.hardware.gpio;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.SpiDevice;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chip selects of SPI that programs can open. */
public final class SpiSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("spi");
    private static final String FOLDER = "sys/class/spidev";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER);
    }

    private static final Pattern DEVICE = Pattern.compile("spidev([0-9]{1,3})\\.([0-9]{1,3})");

    @Override
    public List<Fact> facts(Look look) {
        return look.names(FOLDER).stream()
                .map(DEVICE::matcher)
                .filter(Matcher::matches)
                .flatMap(found -> device(look, found).stream())
                .toList();
    }

    private static Optional<Fact> device(Look look, Matcher found) {
        return look.value(
                FOLDER + "/" + found.group(),
                () -> new Fact.OfDevice(new SpiDevice(
                        DevicePath.of(found.group()),
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)))));
    }
}
