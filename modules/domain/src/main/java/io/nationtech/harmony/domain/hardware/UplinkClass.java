package io.nationtech.harmony.domain.hardware;

/** How a site reaches the rest, from dearest to best: a better class satisfies who asks for a lesser one. */
public enum UplinkClass {
    /** Nobody said. It satisfies no requirement. */
    UNKNOWN,
    /** Paid by volume: mobile plans, most satellites. */
    METERED,
    /** Flat rate, narrow upstream: DSL and cable. */
    ASYMMETRIC,
    /** Flat rate, as fast up as down: fibre. */
    SYMMETRIC;

    /** Whether this uplink is as good as the one that was asked for. */
    public boolean satisfies(UplinkClass wanted) {
        return this != UNKNOWN && compareTo(wanted) >= 0;
    }
}
