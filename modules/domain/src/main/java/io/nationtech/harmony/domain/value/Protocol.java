package io.nationtech.harmony.domain.value;

import java.util.Locale;

/** In which protocol a port is meant: TCP and UDP have ports of their own each. */
public enum Protocol {
    TCP,
    UDP;

    /** What most services speak. */
    public static final Protocol DEFAULT = TCP;

    /** What follows a port's number, as podman and compose write it: nothing, or {@code /udp}. */
    public String suffix() {
        return this == DEFAULT ? "" : "/" + name().toLowerCase(Locale.ROOT);
    }
}
