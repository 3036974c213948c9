package io.nationtech.harmony.journal.contract;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.graph.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The law that concurrent applies of one deployment serialise: several people, each at a host of their own, apply random graphs of
 * one deployment at the same time; some of them die while they do. One proceeds at a time, the others are told who does since when,
 * whoever dies is followed by another, and the world is in the end as the last one declared it.
 */
public final class Contention {
    static final DeploymentName DEPLOYMENT = DeploymentName.of("contested");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int MOST_RIVALS = 5;

    private final ContestedWorld world = new ContestedWorld();
    private final List<Tenancy> tenancies = new CopyOnWriteArrayList<>();
    private final AtomicInteger left = new AtomicInteger();

    private Contention() {}

    /** Somebody's time with the journal, by the monotonic clock. */
    static final class Tenancy {
        private final Author author;
        private final AtomicInteger told = new AtomicInteger();
        private volatile long end = Long.MAX_VALUE;

        private Tenancy(Author author) {
            this.author = author;
        }

        void ends(long at) {
            end = at;
        }

        boolean isTold() {
            return told.get() > 0;
        }
    }

    /** When, by its clock, the host with this number opens its journal. */
    public static Instant since(int host) {
        return NOON.plusSeconds(host);
    }

    static Author author(int host) {
        return Author.of("rival-%d@host".formatted(host));
    }

    /**
     * Lets them contend once.
     *
     * @param hosts makes the host with a number; all see the same journals
     * @param seed decides who declares what and who dies when
     * @return everything that went wrong; empty when the law holds
     */
    public static List<String> over(IntFunction<Host> hosts, long seed) throws InterruptedException {
        return new Contention().contend(hosts, new Random(seed));
    }

    private List<String> contend(IntFunction<Host> hosts, Random chance) throws InterruptedException {
        List<Rival> rivals = rivals(hosts, chance);
        left.set(rivals.size());
        List<Thread> threads = rivals.stream()
                .map(rival -> Thread.ofVirtual().start(() -> applies(rival)))
                .toList();
        for (Thread thread : threads) {
            if (!thread.join(TIMEOUT)) {
                world.wrong("somebody got no turn within %s; told so far: %s".formatted(TIMEOUT, world.wrongs()));
                threads.forEach(Thread::interrupt);
                return world.wrongs();
            }
        }
        Host last = hosts.apply(rivals.size());
        Rival survivor = new Rival(rivals.size(), last, RandomGraph.by(chance), Power.endless(), this, world);
        left.set(1);
        applies(survivor);
        requireOwned(last.journals(), survivor.graph());
        return world.wrongs();
    }

    /** Some declare the same as another, so that there is nothing left to do for whoever comes second. */
    private List<Rival> rivals(IntFunction<Host> hosts, Random chance) {
        List<RandomGraph> graphs = List.of(RandomGraph.by(chance), RandomGraph.by(chance));
        List<Rival> rivals = new ArrayList<>();
        int count = chance.nextInt(2, MOST_RIVALS + 1);
        for (int i = 0; i < count; i++) {
            RandomGraph graph = graphs.get(chance.nextInt(graphs.size()));
            Power power = chance.nextInt(3) == 0 ? Power.lasting(chance.nextInt(graph.uses() + 1)) : Power.endless();
            rivals.add(new Rival(i, hosts.apply(i), graph, power, this, world));
        }
        return rivals;
    }

    private void applies(Rival rival) {
        try {
            rival.applyOnce();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // The edge of a thread: it must not end unheard.
            world.wrong("%s: %s".formatted(author(rival.number()), e));
        } finally {
            left.decrementAndGet();
        }
    }

    /** Somebody has the journal. */
    Tenancy opened(Author author) {
        world.begins(author);
        // Whoever died has it until another does.
        tenancies.stream().filter(one -> one.end == Long.MAX_VALUE).forEach(one -> one.ends(System.nanoTime()));
        Tenancy tenancy = new Tenancy(author);
        tenancies.add(tenancy);
        return tenancy;
    }

    /** Somebody who asked at a time was told that another has the journal. */
    void told(Author who, Journals.Opening.Held held, long asked) {
        // Whoever has the journal and has not yet come to say so here is told of rightly.
        List<Tenancy> theirs =
                tenancies.stream().filter(one -> one.author.equals(held.by())).toList();
        List<Tenancy> meant = theirs.stream().filter(one -> one.end >= asked).toList();
        meant.forEach(one -> one.told.incrementAndGet());
        boolean isOver = meant.isEmpty() && !theirs.isEmpty();
        boolean isTimeWrong = !held.since().equals(since(number(held.by())));
        if (isOver || isTimeWrong || held.by().equals(who)) {
            world.wrong("%s was told that %s has it since %s".formatted(who, held.by(), held.since()));
        }
    }

    private static int number(Author author) {
        String digits = author.value().replaceAll("[^0-9]", "");
        return digits.isEmpty() ? Integer.MIN_VALUE / 2 : Integer.parseInt(digits);
    }

    boolean othersAreLeft() {
        return left.get() > 1;
    }

    private void requireOwned(Journals journals, RandomGraph graph) {
        Ledger ledger = journals.read(DEPLOYMENT);
        var owned = ledger.all().keySet().stream().map(id -> id.name()).collect(Collectors.toCollection(TreeSet::new));
        if (!owned.equals(graph.names())) {
            world.wrong("owned is %s, declared %s".formatted(owned, graph.names()));
        }
        ledger.all().forEach((id, one) -> {
            if (one.settled() == Ledger.Settled.NO) {
                world.wrong("%s is not settled".formatted(id));
            }
        });
    }
}
