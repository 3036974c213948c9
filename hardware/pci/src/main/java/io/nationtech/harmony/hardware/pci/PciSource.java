package io.nationtech.harmony.hardware.pci;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.PciClass;
import io.nationtech.harmony.domain.hardware.PciDevice;
import io.nationtech.harmony.domain.hardware.PciId;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;

/** All that is on the PCI bus but its bridges, which carry others and offer nothing themselves. */
public final class PciSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("pci");
    private static final String FOLDER = "sys/bus/pci/devices";
    private static final int BRIDGE = 0x06;

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
                .flatMap(address -> device(look, address).stream())
                .toList();
    }

    private static Optional<Fact> device(Look look, String address) {
        String folder = FOLDER + "/" + address + "/";
        return look.hexadecimal(folder + "class")
                .map(code -> code >> Byte.SIZE) // the last byte is the programming interface
                .filter(code -> code >> Byte.SIZE != BRIDGE)
                .flatMap(code -> look.hexadecimal(folder + "vendor")
                        .flatMap(vendor -> look.hexadecimal(folder + "device")
                                .flatMap(device -> look.value(
                                        folder,
                                        () -> new Fact.OfDevice(new PciDevice(
                                                DevicePath.of(address),
                                                new PciId(vendor, device),
                                                new PciClass(code)))))));
    }
}
