package io.nationtech.harmony.domain.hardware;

/** A trusted platform module. */
public record TpmChip(DevicePath path, Version version) implements Device {

    /** The family of the specification that it follows. */
    public enum Version {
        V1_2,
        V2_0
    }
}
