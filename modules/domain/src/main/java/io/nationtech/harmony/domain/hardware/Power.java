package io.nationtech.harmony.domain.hardware;

import java.util.Optional;

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
    public Optional<Miss> missedBy(Hardware hardware) {
        String has = switch (hardware.power()) {
            case PowerSource.Unknown _ -> "what the node runs on is not known";
            case PowerSource.Mains _ -> this == MAINS ? "" : "the node has no battery";
            case PowerSource.BackedMains _ -> "";
            case PowerSource.Battery _ -> this == BACKED ? "" : "the node runs on its battery";
        };
        return has.isEmpty() ? Optional.empty() : Optional.of(Miss.absent("needs %s: %s".formatted(label, has)));
    }

    @Override
    public String toString() {
        return label;
    }
}
