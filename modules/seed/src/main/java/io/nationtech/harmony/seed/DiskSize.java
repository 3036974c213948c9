package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a disk holds. Written as sellers of disks do, {@code 250G} for 250,000,000,000 bytes, or {@code 232GiB} for powers of 1024.
 *
 * @param bytes 1 and more
 */
public record DiskSize(long bytes) {
    private static final Pattern NOTATION = Pattern.compile("([1-9][0-9]{0,5})([MGT])(iB|B|)");
    private static final String PREFIXES = "KMGT";

    /**
     * @throws InvalidValueException when it is none
     */
    public static DiskSize of(String text) {
        Matcher parts = NOTATION.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValueException(
                    "'%s' is not a size; write it as in 250G (250,000,000,000 bytes) or 232GiB".formatted(text));
        }
        long base = parts.group(3).equals("iB") ? 1024 : 1000;
        long bytes = Long.parseLong(parts.group(1));
        for (int power = 0; power <= PREFIXES.indexOf(parts.group(2)); power++) {
            bytes *= base;
        }
        return new DiskSize(bytes);
    }

    /** As it is written, if it can be in whole numbers, else in bytes' place the next lower prefix. */
    @Override
    public String toString() {
        String decimal = whole(1000, "");
        return decimal.isEmpty() ? whole(1024, "iB") : decimal;
    }

    private String whole(long base, String suffix) {
        long unit = base * base * base * base;
        for (int power = PREFIXES.length() - 1; power > 0; power--, unit /= base) {
            if (bytes % unit == 0) {
                return bytes / unit + PREFIXES.substring(power, power + 1) + suffix;
            }
        }
        return "";
    }
}
