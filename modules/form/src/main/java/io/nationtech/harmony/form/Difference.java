package io.nationtech.harmony.form;

import io.nationtech.harmony.domain.node.NodeResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One field that differs.
 *
 * @param path the record's components from the outside in, as in {@code ports[0].node}; a node's resource is named by its
 *     label, as in {@code resources[container web].image}, what a map holds by its key
 * @param before the value there was, as people read it; {@code –} when there was none
 * @param after the value there is, as people read it; {@code –} when there is none
 */
public record Difference(String path, String before, String after) {

    /**
     * The fields in which two values differ: records by component, lists by place, sets and maps by what they hold, in the order
     * of its text. Value types are compared as wholes, and so is a record that its module does not export.
     */
    public static List<Difference> between(Object before, Object after) {
        List<Difference> differences = new ArrayList<>();
        collect("", before, after, differences);
        return List.copyOf(differences);
    }

    private static void collect(String path, Object before, Object after, List<Difference> differences) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof Optional<?> left
                && after instanceof Optional<?> right
                && left.isPresent()
                && right.isPresent()) {
            collect(path, left.get(), right.get(), differences);
        } else if (before instanceof Record left
                && after instanceof Record right
                && left.getClass() == right.getClass()
                && !Parts.of(left.getClass()).isEmpty()) {
            Parts.of(left.getClass())
                    .forEach((name, accessor) -> collect(
                            path.isEmpty() ? name : path + "." + name,
                            Calls.get(accessor, left),
                            Calls.get(accessor, right),
                            differences));
        } else if (isHolder(before) && isHolder(after)) {
            Map<String, Object> left = held(before);
            Map<String, Object> right = held(after);
            Set<String> names = after instanceof List<?> ? new LinkedHashSet<>() : new TreeSet<>();
            names.addAll(right.keySet());
            names.addAll(left.keySet());
            names.forEach(name -> collect(
                    "%s[%s]".formatted(path, name),
                    Optional.ofNullable(left.get(name)),
                    Optional.ofNullable(right.get(name)),
                    differences));
        } else {
            differences.add(new Difference(path, PeopleText.of(before), PeopleText.of(after)));
        }
    }

    private static boolean isHolder(Object value) {
        return value instanceof List<?> || value instanceof Set<?> || value instanceof Map<?, ?>;
    }

    /** What is held by what it is known by. */
    private static Map<String, Object> held(Object holder) {
        Map<String, Object> held = new LinkedHashMap<>();
        switch (holder) {
            case Map<?, ?> map -> map.forEach((key, value) -> held.put(PeopleText.of(key), value));
            case Set<?> set -> set.forEach(value -> held.put(PeopleText.of(value), value));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    held.put(
                            list.get(i) instanceof NodeResource resource ? resource.label() : Integer.toString(i),
                            list.get(i));
                }
            }
            default -> throw new IllegalStateException(holder.getClass().getName());
        }
        return held;
    }

    /** The difference on one line. */
    @Override
    public String toString() {
        return "%s: %s → %s".formatted(path, before, after);
    }
}
