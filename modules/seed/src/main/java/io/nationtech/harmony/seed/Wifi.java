package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.nio.charset.StandardCharsets;

/**
 * A wireless network and what lets into it (WPA2 or WPA3 with a passphrase). Shows itself without the passphrase.
 *
 * @param ssid its name, 1 to 32 bytes of UTF-8 (IEEE 802.11 §9.4.2.2)
 * @param passphrase 8 to 63 characters of ASCII (IEEE 802.11 annex J.4)
 */
public record Wifi(String ssid, String passphrase) {
    private static final int LONGEST_SSID = 32;

    /**
     * @throws InvalidValueException when one of them is out of bounds; the passphrase is not repeated
     */
    public Wifi {
        requireSsid(ssid);
        requirePassphrase(passphrase);
    }

    static String requireSsid(String ssid) {
        int bytes = ssid.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > LONGEST_SSID || ssid.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException(
                    "a network's name has 1 to %d bytes, and this has %d".formatted(LONGEST_SSID, bytes));
        }
        return ssid;
    }

    static String requirePassphrase(String passphrase) {
        if (!passphrase.matches("[ -~]{8,63}")) {
            throw new InvalidValueException("a passphrase has 8 to 63 characters of ASCII, and this has %d, or others"
                    .formatted(passphrase.length()));
        }
        return passphrase;
    }

    @Override
    public String toString() {
        return "Wi-Fi '%s'".formatted(ssid);
    }
}
