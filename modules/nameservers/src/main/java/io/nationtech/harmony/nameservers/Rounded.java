package io.nationtech.harmony.nameservers;

import java.util.Locale;

/** A count for people, of which two digits are told: so that what a node says of itself changes seldom. */
final class Rounded {
    private static final int TOLD = 100;
    private static final int BASE = 10;

    private Rounded() {}

    static String words(long count) {
        long unit = 1;
        while (count / unit >= TOLD) {
            unit *= BASE;
        }
        return String.format(Locale.ROOT, "%s%,d", unit == 1 ? "" : "some ", count / unit * unit);
    }
}
