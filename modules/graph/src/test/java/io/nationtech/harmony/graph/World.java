package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.DriverException.Persistence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A world of things in memory, which can lose its power, and a driver for it. */
final class World {
    static final KindName THING = KindName.of("thing");

    /** What is declared of a thing. */
    public record Thing(String text, List<Integer> madeOf) {}

    /** What only the world knows of a thing: a number that depends on all that it was made of. */
    public record Number(int value) {}

    final Map<ResourceName, Thing> things = new ConcurrentSkipListMap<>();
    final List<String> writes = Collections.synchronizedList(new ArrayList<>());
    final Map<ResourceName, AtomicInteger> failures = new ConcurrentHashMap<>();
    final Power power;

    /** Counted down by a write that then hangs, until it is interrupted. */
    volatile Optional<CountDownLatch> stuck = Optional.empty();

    World(Power power) {
        this.power = power;
    }

    /** Makes the next calls about a thing fail, so many times. */
    void fail(String name, int times) {
        failures.put(ResourceName.of(name), new AtomicInteger(times));
    }

    Driver<Thing, Number> driver(Durability durability) {
        return new ThingDriver(this, durability);
    }

    record ThingDriver(World world, Durability durability) implements Driver<Thing, Number> {
        @Override
        public KindName kind() {
            return THING;
        }

        @Override
        public Target target(ResourceName name) {
            return new Target("world", 4);
        }

        @Override
        public Optional<Observed<Thing, Number>> read(ResourceName name) throws DriverException {
            return Optional.ofNullable(world.things.get(name))
                    .map(thing -> new Observed<>(thing, new Number(thing.hashCode() % 1_000)));
        }

        @Override
        public void create(ResourceName name, Thing desired) throws DriverException {
            write("create " + name, name);
            world.things.put(name, desired);
        }

        @Override
        public void update(ResourceName name, Thing current, Thing desired) throws DriverException {
            write("update " + name, name);
            world.things.put(name, desired);
        }

        @Override
        public void delete(ResourceName name) throws DriverException {
            write("delete " + name, name);
            world.things.remove(name);
        }

        @Override
        public Optional<String> replacementReason(Thing current, Thing desired) {
            return desired.text().startsWith("!") ? Optional.of("its text is final") : Optional.empty();
        }

        private void write(String what, ResourceName name) throws DriverException {
            world.power.require();
            if (world.stuck.isPresent()) {
                hang(world.stuck.get(), name);
            }
            AtomicInteger left = world.failures.getOrDefault(name, new AtomicInteger());
            if (left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
                throw new DriverException(new Cause("busy", name.toString(), "wait"), Persistence.TRANSIENT);
            }
            world.writes.add(what);
        }

        private static void hang(CountDownLatch reached, ResourceName name) throws DriverException {
            reached.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new DriverException(new Cause("interrupted", name.toString(), "again"), Persistence.PERMANENT);
            }
        }
    }
}
