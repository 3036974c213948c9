package io.nationtech.harmony.domain.hardware;

/** What work needs of the node's power. */
public enum Power implements Trait {
    /** The node is on mains now, with or without a battery. */
    MAINS("mains power"),
    /** The node outlives a short power cut. */
    BACKED("power backed by a battery");

    private final String label;

    Power(String label) {
        this.label = label;
    }

    @Override
    public boolean isMetBy(Hardware hardware) {
        return switch (hardware.power()) {
            case PowerSource.Unknown _ -> false;
            case PowerSource.Mains _ -> this == MAINS;
            case PowerSource.BackedMains _ -> true;
            case PowerSource.Battery _ -> this == BACKED;
        };
    }

    @Override
    public Shortfall miss(Hardware hardware) {
        String has = switch (hardware.power()) {
            case PowerSource.Unknown _ -> "what the node runs on is not known";
            case PowerSource.Mains _ -> "the node has no battery";
            case PowerSource.BackedMains _ -> "the node has it";
            case PowerSource.Battery _ -> "the node runs on its battery";
        };
        return Shortfall.absent("needs %s: %s".formatted(label, has));
    }

    @Override
    public String toString() {
        return label;
    }
}
