package io.nationtech.harmony.domain.hardware;

/** What the node itself is. */
public enum Machine {
    BARE_METAL,
    VIRTUAL_MACHINE,
    CONTAINER
}
