package io.nationtech.harmony.domain.value;

/** In which protocol a port is meant: TCP and UDP have ports of their own each. */
public enum Protocol {
    TCP,
    UDP;

    /** What most services speak. */
    public static final Protocol DEFAULT = TCP;
}
