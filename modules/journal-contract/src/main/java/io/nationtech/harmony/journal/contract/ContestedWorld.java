package io.nationtech.harmony.journal.contract;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Driver;
import io.nationtech.harmony.graph.DriverException;
import io.nationtech.harmony.graph.DriverException.Persistence;
import io.nationtech.harmony.graph.Durability;
import io.nationtech.harmony.graph.Observed;
import io.nationtech.harmony.graph.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Things that several people change, and a note of everything that two of them did at the same time. */
final class ContestedWorld {
    static final KindName THING = KindName.of("thing");
    private static final int AT_A_TIME = 4;
    private static final Duration MOMENT = Duration.ofNanos(1_000);

    record Thing(String text, List<Integer> madeOf) {
        Thing {
            madeOf = List.copyOf(madeOf);
        }
    }

    /** Who may write now, in which turn, and which names they wrote. */
    private record Turn(Author author, int number, List<ResourceName> written) {}

    private final Map<ResourceName, Thing> things = new ConcurrentSkipListMap<>();
    private final List<String> wrongs = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicReference<Optional<Turn>> turn = new AtomicReference<>(Optional.empty());

    void begins(Author author) {
        turn.getAndSet(Optional.of(new Turn(author, turns.incrementAndGet(), new CopyOnWriteArrayList<>())))
                .ifPresent(other -> wrong("%s began while %s was not done".formatted(author, other.author())));
    }

    /** The names that were written in the turn. */
    List<ResourceName> ends(Author author) {
        Optional<Turn> ended = turn.getAndSet(Optional.empty());
        if (ended.filter(one -> one.author().equals(author)).isEmpty()) {
            wrong("%s was done while it was the turn of %s".formatted(author, ended));
        }
        return ended.map(Turn::written).orElse(List.of());
    }

    void wrong(String what) {
        wrongs.add(what);
    }

    List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    Map<ResourceName, Thing> things() {
        return new TreeMap<>(things);
    }

    Driver<Thing, Integer> driver(Author author, Power power) {
        return new ThingDriver(this, author, power);
    }

    private void write(Author author, ResourceName name, Optional<Thing> thing) {
        Optional<Turn> before = turn.get();
        note(author, name, before);
        // Lets others come in between, if anything does.
        LockSupport.parkNanos(MOMENT.toNanos());
        thing.ifPresentOrElse(one -> things.put(name, one), () -> things.remove(name));
        if (!number(turn.get()).equals(number(before))) {
            wrong("%s wrote %s while the turn changed".formatted(author, name));
        }
    }

    private static Optional<Integer> number(Optional<Turn> turn) {
        return turn.map(Turn::number);
    }

    private void note(Author author, ResourceName name, Optional<Turn> now) {
        if (now.filter(one -> one.author().equals(author)).isEmpty()) {
            wrong("%s wrote %s when it was the turn of %s".formatted(author, name, now));
        }
        now.ifPresent(one -> one.written().add(name));
    }

    private record ThingDriver(ContestedWorld world, Author author, Power power) implements Driver<Thing, Integer> {
        @Override
        public KindName kind() {
            return THING;
        }

        @Override
        public Target target(ResourceName name) {
            return new Target("world", AT_A_TIME);
        }

        @Override
        public Durability durability() {
            return Durability.STATELESS;
        }

        @Override
        public Optional<Observed<Thing, Integer>> read(ResourceName name) {
            return Optional.ofNullable(world.things.get(name)).map(thing -> new Observed<>(thing, thing.hashCode()));
        }

        @Override
        public void create(ResourceName name, Thing desired) throws DriverException {
            if (world.things.containsKey(name)) {
                world.wrong("%s makes %s, which is there".formatted(author, name));
            }
            write(name, Optional.of(desired));
        }

        @Override
        public void update(ResourceName name, Thing current, Thing desired) throws DriverException {
            write(name, Optional.of(desired));
        }

        @Override
        public void delete(ResourceName name) throws DriverException {
            write(name, Optional.empty());
        }

        private void write(ResourceName name, Optional<Thing> thing) throws DriverException {
            if (!power.use()) {
                throw new DriverException(
                        new Cause(Power.OUT.what(), name.toString(), Power.OUT.next()), Persistence.PERMANENT);
            }
            world.write(author, name, thing);
        }
    }
}
