package io.nationtech.harmony.domain.hardware;

/** What work needs of the machine itself. */
public enum Host implements Trait {
    BARE_METAL("bare metal"),
    /** The node can run virtual machines. */
    VIRTUAL_MACHINES("virtual machines (KVM)"),
    /** The firmware verified what it started. */
    SECURE_BOOT("enforced secure boot");

    private final String label;

    Host(String label) {
        this.label = label;
    }

    @Override
    public boolean isMetBy(Hardware hardware) {
        Platform platform = hardware.platform();
        return switch (this) {
            case BARE_METAL -> platform.machine() == Machine.BARE_METAL;
            case VIRTUAL_MACHINES -> platform.virtualisation() == Virtualisation.OFFERED;
            case SECURE_BOOT -> platform.secureBoot() == SecureBoot.ENFORCED;
        };
    }

    @Override
    public Shortfall miss(Hardware hardware) {
        return Shortfall.absent("the node does not offer " + label);
    }

    @Override
    public String toString() {
        return label;
    }
}
