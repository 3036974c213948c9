package io.nationtech.harmony.domain.system;

/** Puts another operating system onto the machine of a node. Safe for use by several threads. */
public interface SystemUpgrades {

    /** How it is. */
    NodeSystem now();

    /** Begins an upgrade, which goes on by itself, also after a power cut; or says why not. Saying the same order again changes nothing. */
    UpgradeAnswer upgrade(UpgradeOrder order);

    /** Tells whoever listens, one at most, that {@link #now} is another. The listener must not block. */
    void onChange(Runnable listener);
}
