package io.nationtech.harmony.domain.hardware;

/** Whether the firmware verified what it started. */
public enum SecureBoot {
    ENFORCED,
    OFF,
    /** The firmware has no such thing, as on most boards. */
    UNSUPPORTED,
    /** It could not be read. */
    UNKNOWN
}
