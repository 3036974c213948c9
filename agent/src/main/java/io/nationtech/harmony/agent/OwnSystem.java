package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.SystemUpgrades;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.os.update.Upgrades;

/** The operating system of this machine, with what opens its disk. */
record OwnSystem(Upgrades upgrades, OwnRecoveryKey recovery) implements SystemUpgrades {
    @Override
    public NodeSystem now() {
        return upgrades.now().with(recovery.sealed());
    }

    @Override
    public UpgradeAnswer upgrade(UpgradeOrder order) {
        return upgrades.upgrade(order);
    }

    @Override
    public ResetAnswer reset() {
        return upgrades.reset();
    }

    @Override
    public void onChange(Runnable listener) {
        upgrades.onChange(listener);
        recovery.onChange(listener);
    }
}
