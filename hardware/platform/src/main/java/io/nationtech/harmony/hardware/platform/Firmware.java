package io.nationtech.harmony.hardware.platform;

import io.nationtech.harmony.domain.hardware.SecureBoot;
import io.nationtech.harmony.hardware.source.Look;

/** What the firmware tells in its variables. */
final class Firmware {
    private static final String EFI = "sys/firmware/efi";
    /** UEFI 2.10 §3.3, of the global vendor. */
    private static final String SECURE_BOOT = EFI + "/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
    /** Linux puts the attributes before the value. */
    private static final int ATTRIBUTES = 4;

    private Firmware() {}

    static SecureBoot secureBoot(Look look) {
        if (!look.exists(EFI)) {
            return SecureBoot.UNSUPPORTED;
        }
        if (!look.exists(SECURE_BOOT)) {
            return look.names(EFI + "/efivars").isEmpty() ? SecureBoot.UNKNOWN : SecureBoot.UNSUPPORTED;
        }
        return look.bytes(SECURE_BOOT, ATTRIBUTES + 1)
                .filter(bytes -> bytes.length > ATTRIBUTES)
                .map(bytes -> bytes[ATTRIBUTES] == 1 ? SecureBoot.ENFORCED : SecureBoot.OFF)
                .orElse(SecureBoot.UNKNOWN);
    }
}
