package io.nationtech.harmony.hardware.usb;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.UsbClass;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.hardware.UsbId;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import io.nationtech.harmony.hardware.source.Pace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is plugged in but hubs. Looks again from time to time, as one device may take another's port between two listings. The
 * file {@code serial} is never read.
 */
public final class UsbSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("usb");
    private static final String FOLDER = "sys/bus/usb/devices";
    private static final int HUB = 0x09;

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER);
    }

    @Override
    public Pace pace() {
        return Pace.MOVING;
    }

    @Override
    public List<Fact> facts(Look look) {
        return look.names(FOLDER).stream()
                .filter(name -> !name.contains(":")) // an interface of a device
                .flatMap(port -> device(look, port).stream())
                .toList();
    }

    private static Optional<Fact> device(Look look, String port) {
        String folder = FOLDER + "/" + port + "/";
        return look.hexadecimal(folder + "bDeviceClass")
                .filter(code -> code != HUB)
                .flatMap(code -> look.hexadecimal(folder + "idVendor")
                        .flatMap(vendor -> look.hexadecimal(folder + "idProduct")
                                .flatMap(product -> look.value(
                                        folder,
                                        () -> new Fact.OfDevice(new UsbDevice(
                                                DevicePath.of(port),
                                                new UsbId(vendor, product),
                                                new UsbClass(code),
                                                model(look, folder)))))));
    }

    /** As the device says of itself; many say nothing. */
    private static ModelName model(Look look, String folder) {
        return ModelName.cleaned(Stream.of("manufacturer", "product")
                .flatMap(file -> look.textIfAny(folder + file).stream())
                .collect(Collectors.joining(" ")));
    }
}
