package io.nationtech.harmony.domain.hardware;

import java.util.Locale;

/** Bytes as people read them. */
public final class Amount {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 10;

    private Amount() {}

    /** The largest IEC unit (IEC 80000-13) in which the amount is at least 1, with one digit after the point where needed. */
    public static String iec(long bytes) {
        int power = bytes <= 0 ? 0 : (Long.SIZE - 1 - Long.numberOfLeadingZeros(bytes)) / STEP;
        long unit = 1L << (power * STEP);
        return bytes % unit == 0
                ? bytes / unit + " " + UNITS[power]
                : String.format(Locale.ROOT, "%.1f %s", (double) bytes / unit, UNITS[power]);
    }
}
