package io.nationtech.harmony.domain.node;

/** From where a published port is reached. */
public enum PortReach {
    /** From wherever the node is reached. */
    SITE,
    /** From the node alone, at 127.0.0.1: by its own services, and by containers that are on its network. */
    NODE;

    /** What publishing means without another word. */
    public static final PortReach DEFAULT = SITE;
}
