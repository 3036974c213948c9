package io.nationtech.harmony.journal.contract;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Applier;
import io.nationtech.harmony.graph.ApplyProgress;
import io.nationtech.harmony.graph.Consent;
import io.nationtech.harmony.graph.GraphPlan;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.Journals.Opening;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.graph.Limits;
import io.nationtech.harmony.graph.Planner;
import io.nationtech.harmony.graph.ResourceGraph;
import io.nationtech.harmony.journal.contract.Contention.Tenancy;
import io.nationtech.harmony.journal.contract.ContestedWorld.Thing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Somebody who wants to apply a graph once, and asks again for as long as others do. */
record Rival(int number, Host host, RandomGraph graph, Power power, Contention contention, ContestedWorld world) {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 1, Duration.ZERO);
    private static final Duration TELLING = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    Author author() {
        return Contention.author(number);
    }

    void applyOnce() throws InterruptedException {
        while (true) {
            long asked = System.nanoTime();
            switch (host.journals().open(Contention.DEPLOYMENT, author())) {
                case Opening.Held held -> {
                    contention.told(author(), held, asked);
                    LockSupport.parkNanos(LOOK_AGAIN.toNanos());
                }
                case Opening.Opened(Journal journal) -> {
                    takeTurn(journal, contention.opened(author()));
                    return;
                }
            }
        }
    }

    private void takeTurn(Journal journal, Tenancy tenancy) throws InterruptedException {
        waitUntilSomebodyIsTold(tenancy);
        Map<ResourceName, Thing> before = world.things();
        List<Cause> failures = apply(new Power.PoweredJournal(journal, power));
        if (!power.ends()) {
            requireAsDeclared(failures, before);
        }
        List<ResourceName> written = world.ends(author());
        requireEachStepOnce(written, before);
        if (power.ends()) {
            host.dies();
        } else {
            journal.close();
            tenancy.ends(System.nanoTime());
        }
    }

    private void waitUntilSomebodyIsTold(Tenancy tenancy) {
        long deadline = System.nanoTime() + TELLING.toNanos();
        while (contention.othersAreLeft() && !tenancy.isTold()) {
            if (System.nanoTime() > deadline) {
                world.wrong("nobody was told that %s applies".formatted(author()));
                return;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private List<Cause> apply(Journal journal) throws InterruptedException {
        ResourceGraph declared = graph.declaredFor(world.driver(author(), power));
        GraphPlan plan = plan(declared, journal.ledger());
        return new Applier(LIMITS, new Random(number), new Consent.Nothing(), ApplyProgress.silent())
                .apply(declared, plan, journal)
                .failures();
    }

    private GraphPlan plan(ResourceGraph declared, Ledger ledger) throws InterruptedException {
        return new Planner(LIMITS, new Random(number)).plan(declared, ledger);
    }

    private void requireAsDeclared(List<Cause> failures, Map<ResourceName, Thing> before) throws InterruptedException {
        if (!failures.isEmpty()) {
            world.wrong("%s failed: %s".formatted(author(), failures));
        }
        Map<ResourceName, Thing> now = world.things();
        if (!now.keySet().equals(graph.names())) {
            world.wrong("%s made %s of %s, declared %s".formatted(author(), now, before, graph.names()));
        }
        now.forEach((name, thing) -> {
            if (graph.names().contains(name) && !graph.text(name).equals(thing.text())) {
                world.wrong("%s left %s as %s".formatted(author(), name, thing));
            }
        });
        Ledger kept = host.journals().read(Contention.DEPLOYMENT);
        var news = plan(graph.declaredFor(world.driver(author(), power)), kept).news();
        if (!news.isEmpty()) {
            world.wrong("after %s there is more to do: %s".formatted(author(), news));
        }
    }

    private void requireEachStepOnce(List<ResourceName> written, Map<ResourceName, Thing> before) {
        Map<ResourceName, Thing> now = world.things();
        List<ResourceName> changed = Stream.of(before, now)
                .flatMap(things -> things.keySet().stream())
                .distinct()
                .filter(name -> !Objects.equals(before.get(name), now.get(name)))
                .sorted()
                .toList();
        List<ResourceName> once = written.stream().sorted().toList();
        if (!once.equals(changed)) {
            world.wrong("%s wrote %s, and %s differ".formatted(author(), once, new TreeSet<>(changed)));
        }
    }
}
