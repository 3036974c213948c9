package io.nationtech.harmony.domain.hardware;

/** What work needs of the way from its site to the rest. */
public record Uplink(UplinkClass atLeast) implements Trait {

    /** An uplink of this class or a better one. */
    public static Uplink atLeast(UplinkClass uplink) {
        return new Uplink(uplink);
    }

    @Override
    public boolean isMetBy(Hardware hardware) {
        return hardware.uplink().satisfies(atLeast);
    }

    @Override
    public Shortfall miss(Hardware hardware) {
        return new Shortfall(
                "needs a %s uplink, the node's is %s".formatted(word(atLeast), word(hardware.uplink())), 500);
    }

    private static String word(UplinkClass uplink) {
        return switch (uplink) {
            case UNKNOWN -> "unknown";
            case METERED -> "metered";
            case ASYMMETRIC -> "flat-rate";
            case SYMMETRIC -> "symmetric";
        };
    }

    @Override
    public String toString() {
        return word(atLeast) + " uplink";
    }
}
