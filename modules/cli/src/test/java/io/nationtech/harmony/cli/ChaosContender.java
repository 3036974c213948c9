package io.nationtech.harmony.cli;

import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.operator.RolloutTakeover;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Somebody who contends for a lease and carries on rollouts that nobody runs any more, in a process of their own. */
public final class ChaosContender {
    private static final Key LEASE = Key.of("chaos");
    private static final Duration RENEWAL = Leases.SHORTEST_TERM.dividedBy(3);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final String name;
    private final Leases leases;
    private final Consumer<ChaosEvent.Held> told;

    /**
     * @param name unlike that of every other process
     * @param told what is noted
     */
    ChaosContender(String name, Leases leases, Consumer<ChaosEvent.Held> told) {
        this.name = name;
        this.leases = leases;
        this.told = told;
    }

    public static void main(String... arguments) throws InterruptedException {
        ChaosLife life = ChaosLife.begin(arguments);
        String name = "%s-%d".formatted(life.name(), ProcessHandle.current().pid());
        try (NatsMesh mesh = life.connect()) {
            Fleet fleet = life.fleet(mesh);
            ChaosContender contender = new ChaosContender(name, fleet.leases(name, System::nanoTime), life::say);
            new RolloutTakeover(fleet, life.journals(mesh), life.author()).start();
            while (!life.isOver()) {
                contender.contend();
                TimeUnit.SECONDS.sleep(1);
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private void contend() throws InterruptedException {
        try {
            Optional<Leases.Lease> lease = leases.tryAcquire(LEASE);
            if (lease.isPresent()) {
                hold(lease.get(), Duration.ofMillis(ThreadLocalRandom.current().nextLong(LONGEST.toMillis())));
            }
        } catch (MeshUnavailableException e) {
            System.err.println(e.getMessage());
        }
    }

    /** For about so long, or until it is over. */
    private void hold(Leases.Lease lease, Duration wanted) throws InterruptedException {
        long began = System.nanoTime();
        long renewed = began;
        while (note(lease)) {
            long now = System.nanoTime();
            if (now - began > wanted.toNanos()) {
                lease.release();
            } else if (now - renewed > RENEWAL.toNanos()) {
                renewed = now;
                renew(lease);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    /** Whether it is held; the time is from before it was asked, so that what is noted was so. */
    boolean note(Leases.Lease lease) {
        long now = System.nanoTime();
        if (!lease.isHeld()) {
            return false;
        }
        told.accept(new ChaosEvent.Held(now, name, lease.epoch()));
        return true;
    }

    private static void renew(Leases.Lease lease) {
        try {
            lease.renew();
        } catch (MeshUnavailableException e) {
            System.err.println("goes on for as long as it lasts: " + e.getMessage());
        }
    }
}
