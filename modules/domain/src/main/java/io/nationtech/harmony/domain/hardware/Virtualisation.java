package io.nationtech.harmony.domain.hardware;

/** Whether the node can run virtual machines. */
public enum Virtualisation {
    /** {@code /dev/kvm} is there. */
    OFFERED,
    NOT_OFFERED
}
