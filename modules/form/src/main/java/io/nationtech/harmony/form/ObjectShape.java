package io.nationtech.harmony.form;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A record as an object of its components. */
final class ObjectShape implements Shape {
    /** So many unknown names are told: a complaint is short. */
    private static final int TOLD = 5;

    private final Class<?> type;
    private final Constructor<?> constructor;
    // Set once its components' shapes are known, which may be made of this one.
    private List<Component> components = List.of();
    private int since = 1;

    ObjectShape(Class<?> type, Constructor<?> constructor) {
        this.type = type;
        this.constructor = constructor;
    }

    /**
     * A component of the record.
     *
     * @param absent the value that is not written; null when there is none such
     */
    record Component(
            String name,
            Method accessor,
            Shape shape,
            @Nullable Object absent,
            int since) {}

    void complete(List<Component> all, int version) {
        components = List.copyOf(all);
        since = version;
    }

    Class<?> type() {
        return type;
    }

    @Override
    public Written written() {
        return Written.COMPOSITE;
    }

    @Override
    public Map<String, Object> write(Object value) {
        Map<String, Object> form = new LinkedHashMap<>();
        write(value, form);
        return form;
    }

    void write(Object value, Map<String, Object> form) {
        for (Component component : components) {
            Object part = Calls.get(component.accessor, value);
            if (!part.equals(component.absent)) {
                form.put(component.name, component.shape.write(part));
            }
        }
    }

    @Override
    public Object read(Object form, Place at) {
        return read(object(form, at), at, _ -> false);
    }

    static Map<?, ?> object(Object form, Place at) {
        if (form instanceof Map<?, ?> map) {
            return map;
        }
        throw at.wrong("not an object");
    }

    /**
     * @param elsewhere the names that somebody else reads
     */
    Object read(Map<?, ?> form, Place at, Predicate<String> elsewhere) {
        if (at.strictness == Strictness.REFUSE_UNKNOWN) {
            refuseUnknown(form, at, elsewhere);
        }
        @Nullable Object[] parts = new Object[components.size()];
        for (int i = 0; i < parts.length; i++) {
            Component component = components.get(i);
            Object part = form.get(component.name);
            Place inner = at.field(component.name);
            if (part == null && component.absent == null) {
                throw inner.wrong("missing");
            }
            parts[i] = part == null ? component.absent : component.shape.read(part, inner);
        }
        return Calls.make(constructor, at, parts);
    }

    private void refuseUnknown(Map<?, ?> form, Place at, Predicate<String> elsewhere) {
        List<String> unknown = form.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !elsewhere.test(name))
                .filter(name -> components.stream().noneMatch(component -> component.name.equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            String others = unknown.stream()
                    .skip(1)
                    .limit(TOLD)
                    .map(name -> "'%s'".formatted(Place.cut(name)))
                    .collect(Collectors.joining(", "));
            throw at.field(unknown.getFirst())
                    .wrong("not known here: it was written by a newer version, or misspelt"
                            + (others.isEmpty() ? "" : "; nor are " + others));
        }
    }

    @Override
    public int versionNeeded(Object value) {
        int needed = since;
        for (Component component : components) {
            Object part = Calls.get(component.accessor, value);
            if (!part.equals(component.absent)) {
                needed = Math.max(needed, Math.max(component.since, component.shape.versionNeeded(part)));
            }
        }
        return needed;
    }

    @Override
    public int newestVersion(Set<Shape> seen) {
        int newest = since;
        if (seen.add(this)) {
            for (Component component : components) {
                newest = Math.max(newest, Math.max(component.since, component.shape.newestVersion(seen)));
            }
        }
        return newest;
    }
}
