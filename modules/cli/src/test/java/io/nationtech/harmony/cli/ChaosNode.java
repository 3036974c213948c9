package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.form.Sha256;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own: all that an agent is but its containers, which end with the process, as in a power cut. */
public final class ChaosNode {
    /** As agents have it. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private ChaosNode() {}

    public static void main(String... arguments) throws InterruptedException {
        ChaosLife life = ChaosLife.begin(arguments);
        NodeId id = NodeId.of(life.name());
        IpAddress address = ChaosMember.address(life.name());
        Images images = new Images();
        ChaosWords.serve(images);
        InProcessRuntime runtime = new InProcessRuntime(images, address);
        ChaosRan ran = new ChaosRan(life, runtime);
        runtime.onChange(_ -> ran.tell());
        AgentRun run = new AgentRun(
                Sha256.hex("board of " + id).substring(0, 16),
                "%016x".formatted(ThreadLocalRandom.current().nextLong()),
                life.clock().instant(),
                "board");
        NatsMesh mesh = life.connect();
        Node node = BenchNodes.node(
                HomeLab.info(id, address).by(run),
                runtime,
                life.state(),
                mesh,
                life.fleet(mesh),
                new NodeSettings(PERIOD, PERIOD, life.clock(), System::nanoTime));
        while (!started(node)) {
            TimeUnit.SECONDS.sleep(1);
        }
        life.awaitEnd();
    }

    /** As an agent does that has no room for its folder. */
    private static boolean started(Node node) {
        try {
            node.start();
            return true;
        } catch (IOException e) {
            System.err.println("tries again: " + e);
            return false;
        }
    }

    /** Tells what the runtime did since it told last. */
    private static final class ChaosRan {
        private final ChaosLife life;
        private final InProcessRuntime runtime;
        private int told;

        ChaosRan(ChaosLife life, InProcessRuntime runtime) {
            this.life = life;
            this.runtime = runtime;
        }

        synchronized void tell() {
            List<String> done = runtime.done();
            done.subList(told, done.size()).stream()
                    .flatMap(line -> ChaosWords.started(life.name(), line).stream())
                    .forEach(word -> life.say(new ChaosEvent.Ran(System.nanoTime(), life.name(), word)));
            told = done.size();
        }
    }
}
