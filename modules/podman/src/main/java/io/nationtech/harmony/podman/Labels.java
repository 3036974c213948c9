package io.nationtech.harmony.podman;

/** The labels by which a container says whose it is. */
final class Labels {
    static final String NODE = "harmony.node";
    static final String DEPLOYMENT = "harmony.deployment";
    static final String CONTAINER = "harmony.container";
    static final String FINGERPRINT = "harmony.fingerprint";

    private Labels() {}
}
