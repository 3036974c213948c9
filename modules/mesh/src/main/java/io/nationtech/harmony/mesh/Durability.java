package io.nationtech.harmony.mesh;

/** When what is written outlives a power cut of the server, where the server syncs what it keeps at all. */
public enum Durability {
    /** Before it is acknowledged. */
    AT_ONCE,
    /**
     * Some seconds later: for what its writers say again whenever they come back. A server takes several times as many such writes.
     */
    SOON
}
