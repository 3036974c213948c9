package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.ReleasePlace;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.SystemUpgrades;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does with orders to run another operating system, and says of it. */
class NodeUpgradeTest {
    private static final SystemVersion OLD = SystemVersion.of("202601010000");
    private static final SystemVersion NEW = SystemVersion.of("202602020000");
    private static final UpgradeOrder ORDER = new UpgradeOrder(NEW, ReleasePlace.parse("/media/stick"));

    @TempDir
    private Path folder;

    private Lab lab;

    @BeforeEach
    void begin() {
        lab = new Lab(folder);
    }

    @AfterEach
    void end() {
        lab.close();
    }

    /** Takes each order, and gets no further than fetching. */
    private static final class Fetching implements SystemUpgrades {
        private volatile boolean isReset;
        private volatile NodeSystem now = new NodeSystem(OLD);
        private volatile Runnable listener = () -> {};

        @Override
        public NodeSystem now() {
            return now;
        }

        @Override
        public UpgradeAnswer upgrade(UpgradeOrder order) {
            now = new NodeSystem(
                    OLD,
                    Optional.of(new NodeSystem.Upgrade(order.version(), NodeSystem.Step.FETCHING)),
                    Optional.empty());
            listener.run();
            return new UpgradeAnswer.Accepted();
        }

        @Override
        public ResetAnswer reset() {
            isReset = true;
            return new ResetAnswer.Begun();
        }

        @Override
        public void onChange(Runnable told) {
            listener = told;
        }
    }

    private Optional<NodeSystem> said() {
        return lab.deployer.inventory().nodes().getFirst().info().machine().system();
    }

    @Test
    void itIsBegunAndTheNodeSaysHowFarItIs() throws Exception {
        Fetching upgrades = new Fetching();
        lab.upgrades = Optional.of(upgrades);
        lab.saying = info -> info.running(Optional.of(upgrades.now()));
        lab.start();
        lab.awaitRegistered();
        assertEquals(Optional.of(new NodeSystem(OLD)), said());

        assertEquals(new UpgradeAnswer.Accepted(), lab.deployer.commands().upgrade(Lab.ID, ORDER));

        Eventually.holds("it says so", () -> said().equals(Optional.of(upgrades.now())));
        assertEquals(
                Optional.of(new NodeSystem.Upgrade(NEW, NodeSystem.Step.FETCHING)),
                said().orElseThrow().underWay());
    }

    @Test
    void itForgetsEverythingWhenAsked() throws Exception {
        Fetching upgrades = new Fetching();
        lab.upgrades = Optional.of(upgrades);
        lab.start();
        lab.awaitRegistered();

        assertEquals(new ResetAnswer.Begun(), lab.deployer.commands().reset(Lab.ID));

        assertTrue(upgrades.isReset);
    }

    @Test
    void aNodeThatWasNotInstalledFromTheImageRefuses() throws Exception {
        lab.start();
        lab.awaitRegistered();
        UpgradeAnswer.Refused refused = assertInstanceOf(
                UpgradeAnswer.Refused.class, lab.deployer.commands().upgrade(Lab.ID, ORDER));
        assertTrue(refused.cause().what().contains("it was not installed from Harmony's image"), refused::toString);
        assertEquals(Optional.empty(), said());
        ResetAnswer.Refused kept = assertInstanceOf(
                ResetAnswer.Refused.class, lab.deployer.commands().reset(Lab.ID));
        assertTrue(kept.cause().what().contains("it was not installed from Harmony's image"), kept::toString);
    }
}
