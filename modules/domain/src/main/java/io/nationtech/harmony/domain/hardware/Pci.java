package io.nationtech.harmony.domain.hardware;

import java.util.List;

/** A PCI device; taken whole unless shared. */
public record Pci(PciId id, Sharing sharing) implements DeviceClaim {

    /** One of this vendor and device, as lspci -n prints them: {@code Pci.device(0x1ac1, 0x089a)}. */
    public static Pci device(int vendor, int device) {
        return new Pci(new PciId(vendor, device), Sharing.EXCLUSIVE);
    }

    /** The same, where others may use it too. */
    public Pci shared() {
        return new Pci(id, Sharing.SHARED);
    }

    @Override
    public long amount() {
        return 0;
    }

    @Override
    public List<Unit> units(Hardware hardware) {
        return DeviceClaim.unitsOf(
                hardware, PciDevice.class, device -> device.id().equals(id), device -> new Unit(device.path(), 0));
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return new Pci(id, Sharing.EXCLUSIVE);
    }

    @Override
    public String kind() {
        return "PCI device " + id;
    }

    @Override
    public String toString() {
        return kind();
    }
}
