package io.nationtech.harmony.journal.contract;

import static java.util.Objects.requireNonNull;

import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Driver;
import io.nationtech.harmony.graph.Output;
import io.nationtech.harmony.graph.ResourceGraph;
import io.nationtech.harmony.journal.contract.ContestedWorld.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What somebody declares: by name a text, and the names of what it is made of, all smaller. */
record RandomGraph(SortedMap<Integer, Declared> things) {
    private static final int MOST = 9;
    private static final int TEXTS = 3;

    record Declared(String text, Set<Integer> parts) {}

    static RandomGraph by(RandomGenerator chance) {
        SortedMap<Integer, Declared> things = new TreeMap<>();
        for (int name = 0; name < MOST; name++) {
            if (chance.nextBoolean()) {
                Set<Integer> parts = new TreeSet<>(things.keySet());
                parts.removeIf(_ -> chance.nextInt(TEXTS) > 0);
                things.put(name, new Declared("text " + chance.nextInt(TEXTS), parts));
            }
        }
        return new RandomGraph(things);
    }

    /** How many uses of power an apply of all of it may need. */
    int uses() {
        return 3 * things.size();
    }

    ResourceGraph declaredFor(Driver<Thing, Integer> driver) {
        ResourceGraph.Builder graph = ResourceGraph.builder().knows(driver);
        SortedMap<Integer, Output<Integer>> declared = new TreeMap<>();
        things.forEach((name, thing) -> {
            Output<List<Integer>> numbers = Output.of(List.of());
            for (Integer part : thing.parts()) {
                numbers = numbers.with(requireNonNull(declared.get(part)), RandomGraph::and);
            }
            declared.put(
                    name,
                    graph.add(
                            driver, Integer.class, name(name), numbers.map(values -> new Thing(thing.text(), values))));
        });
        return graph.build();
    }

    private static List<Integer> and(List<Integer> numbers, Integer another) {
        List<Integer> all = new ArrayList<>(numbers);
        all.add(another);
        return List.copyOf(all);
    }

    Set<ResourceName> names() {
        return things.keySet().stream().map(RandomGraph::name).collect(Collectors.toCollection(TreeSet::new));
    }

    String text(ResourceName name) {
        return things.entrySet().stream()
                .filter(one -> name(one.getKey()).equals(name))
                .findFirst()
                .orElseThrow()
                .getValue()
                .text();
    }

    private static ResourceName name(int name) {
        return ResourceName.of("t" + name);
    }
}
