package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.World.Number;
import io.nationtech.harmony.graph.World.Thing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** What a random graph declares: by name a text, and the names of what it is made of, all smaller. */
record Shape(Map<Integer, String> texts, Map<Integer, Set<Integer>> madeOf) {

    static Arbitrary<Shape> any() {
        return Arbitraries.integers()
                .between(0, 8)
                .flatMap(size -> Arbitraries.randomValue(random -> random(size, random)));
    }

    private static Shape random(int size, Random random) {
        Map<Integer, String> texts = new HashMap<>();
        Map<Integer, Set<Integer>> madeOf = new HashMap<>();
        for (int i = 0; i < size; i++) {
            int name = random.nextInt(10);
            texts.put(name, "text " + random.nextInt(3));
            Set<Integer> parts = new TreeSet<>();
            texts.keySet().stream()
                    .filter(other -> other < name && random.nextInt(3) == 0)
                    .forEach(parts::add);
            madeOf.put(name, parts);
        }
        return new Shape(texts, madeOf);
    }

    /** The graph, declared in an order that keeps parts before wholes and is random otherwise. */
    ResourceGraph graph(Driver<Thing, Number> driver, long seed) {
        ResourceGraph.Builder builder = ResourceGraph.builder().knows(driver);
        Map<Integer, Output<Number>> outputs = new HashMap<>();
        List<Integer> left = new ArrayList<>(texts.keySet());
        Collections.shuffle(left, new Random(seed));
        while (!left.isEmpty()) {
            for (Integer name : List.copyOf(left)) {
                if (outputs.keySet().containsAll(madeOf.get(name))) {
                    outputs.put(name, declare(builder, driver, name, outputs));
                    left.remove(name);
                }
            }
        }
        return builder.build();
    }

    private Output<Number> declare(
            ResourceGraph.Builder builder,
            Driver<Thing, Number> driver,
            Integer name,
            Map<Integer, Output<Number>> outputs) {
        Output<List<Integer>> numbers = Output.of(List.of());
        for (Integer part : madeOf.get(name)) {
            numbers = numbers.with(outputs.get(part), (sofar, number) -> {
                List<Integer> more = new ArrayList<>(sofar);
                more.add(number.value());
                return List.copyOf(more);
            });
        }
        return builder.add(
                driver,
                Number.class,
                ResourceName.of("t" + name),
                numbers.map(values -> new Thing(texts.get(name), values)));
    }
}
