package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.ChaosEvent.Word;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.ApplyTerms;
import io.nationtech.harmony.engine.DeployProgress;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Deployer;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.DesiredStates;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Somebody who keeps telling each node something new, and rolls out one version after the other, in a process of their own. */
public final class ChaosDeployer {
    private static final int LONGEST_PAUSE_MILLIS = 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChaosLife life;
    private final DesiredStates states;
    private final Deployer deployer;

    private ChaosDeployer(ChaosLife life, NatsMesh mesh) {
        Fleet fleet = life.fleet(mesh);
        this.life = life;
        this.states = fleet.desiredStates();
        this.deployer = new Deployer(
                fleet, life.journals(mesh), life.author(), ApplyTerms.careful(PATIENCE, DeployProgress.silent()));
    }

    public static void main(String... arguments) throws InterruptedException {
        ChaosLife life = ChaosLife.begin(arguments);
        try (NatsMesh mesh = life.connect()) {
            ChaosDeployer deployer = new ChaosDeployer(life, mesh);
            List<Thread> threads = new ArrayList<>();
            threads.add(Thread.ofVirtual().start(deployer::keepDeploying));
            for (String node : ChaosMember.NODES) {
                threads.add(Thread.ofVirtual().start(() -> deployer.keepTelling(node)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private void keepTelling(String node) {
        try {
            for (int version = life.first(); !life.isOver(); version++) {
                tell(new Word(ChaosWords.LAMP.value(), node, version));
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is not acknowledged may be there or not. */
    private void tell(Word word) {
        try {
            long before = System.nanoTime();
            Optional<DesiredStateUpdate> now = states.of(NodeId.of(word.node()), ChaosWords.LAMP);
            life.say(new ChaosEvent.Read(before, ChaosWords.read(word, now)));
            life.say(new ChaosEvent.Tried(System.nanoTime(), word));
            if (states.tell(ChaosWords.lamp(word), now.map(DesiredStateUpdate::revision)) instanceof Written.At) {
                life.say(new ChaosEvent.Acknowledged(System.nanoTime(), word));
            }
        } catch (MeshUnavailableException e) {
            System.err.println(word + ": " + e.getMessage());
        }
    }

    private void keepDeploying() {
        try {
            for (int version = life.first(); !life.isOver(); version++) {
                deploy(version);
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deploy(int version) {
        try {
            everywhere(version).forEach(word -> life.say(new ChaosEvent.Tried(System.nanoTime(), word)));
            switch (deployer.deploy(ChaosWords.shop(version))) {
                case DeployResult.Deployed _ ->
                    everywhere(version).forEach(word -> life.say(new ChaosEvent.Acknowledged(System.nanoTime(), word)));
                case DeployResult.Failed(List<Cause> causes) -> System.err.printf("shop %d: %s%n", version, causes);
            }
        } catch (MeshUnavailableException e) {
            System.err.printf("shop %d: %s%n", version, e.getMessage());
        }
    }

    private static Stream<Word> everywhere(int version) {
        return ChaosMember.NODES.stream().map(node -> new Word(ChaosWords.SHOP.value(), node, version));
    }
}
