package io.nationtech.harmony.domain.hardware;

import java.util.List;

/** A trusted platform module; shared, as the kernel's resource manager lets many use it. */
public record Tpm(TpmChip.Version version) implements DeviceClaim {

    /** One of TPM 2.0. */
    public static Tpm v2() {
        return new Tpm(TpmChip.Version.V2_0);
    }

    @Override
    public Sharing sharing() {
        return Sharing.SHARED;
    }

    @Override
    public long amount() {
        return 0;
    }

    @Override
    public List<Unit> units(Hardware hardware) {
        return DeviceClaim.unitsOf(
                hardware, TpmChip.class, chip -> chip.version() == version, chip -> new Unit(chip.path(), 0));
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return this;
    }

    @Override
    public String kind() {
        return version == TpmChip.Version.V2_0 ? "TPM 2.0" : "TPM 1.2";
    }

    @Override
    public String toString() {
        return kind();
    }
}
