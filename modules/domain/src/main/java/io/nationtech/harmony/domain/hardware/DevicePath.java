package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/**
 * Where a piece of hardware sits in its node, as the kernel names it: {@code 0000:01:00.0}, {@code 1-1.2}, {@code nvme0n1},
 * {@code gpiochip0}. Two devices of one path are two views of one task. It is an address and holds no serial number.
 */
public record DevicePath(String value) implements Comparable<DevicePath> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._/@+-]{0,63}");

    public DevicePath {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not a device path; write the kernel's name, as in 0000:01:00.0 or nvme0n1"
                            .formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not 1 to 64 of letters, digits and {@code :._/@+-}
     */
    public static DevicePath of(String value) {
        return new DevicePath(value);
    }

    /** A numbered part of this device: a line of a chip, a channel. */
    public DevicePath part(int number) {
        return new DevicePath(value + "/" + number);
    }

    @Override
    public int compareTo(DevicePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
