package io.nationtech.harmony.domain.system;

/** Exchanges the operating system of a node as a whole, or what that keeps. Safe for use by several threads. */
public interface SystemUpgrades {

    /** How it is. */
    NodeSystem now();

    /** Begins an upgrade, which goes on by itself, also after a power cut; or says why not. Saying the same order again changes nothing. */
    UpgradeAnswer upgrade(UpgradeOrder order);

    /** Has the machine start over as it was flashed: without containers, their data, its name and its login. Not while an upgrade is under way. */
    ResetAnswer reset();

    /** Tells whoever listens, one at most, that {@link #now} is another. The listener must not block. */
    void onChange(Runnable listener);
}
