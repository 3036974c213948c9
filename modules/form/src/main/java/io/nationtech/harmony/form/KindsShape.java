package io.nationtech.harmony.form;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One of several records: an object that begins with its kind. */
final class KindsShape implements Shape {
    static final String KIND = "kind";

    private final Class<?> type;
    private final Map<String, ObjectShape> byName = new LinkedHashMap<>();
    private final Map<Class<?>, String> names = new LinkedHashMap<>();

    KindsShape(Class<?> type) {
        this.type = type;
    }

    void add(String name, ObjectShape shape) {
        if (byName.putIfAbsent(name, shape) != null || names.putIfAbsent(shape.type(), name) != null) {
            throw new UnsupportedTypeException("%s has kind '%s' or its record %s twice; each has one of its own"
                    .formatted(type.getName(), name, shape.type().getName()));
        }
    }

    @Override
    public Written written() {
        return Written.COMPOSITE;
    }

    /**
     * @throws IllegalStateException when the value is of no kind that is known here
     */
    @Override
    public Object write(Object value) {
        String name = name(value);
        Map<String, Object> form = new LinkedHashMap<>();
        form.put(KIND, name);
        shape(name).write(value, form);
        return form;
    }

    private String name(Object value) {
        String name = names.get(value.getClass());
        if (name == null) {
            throw new IllegalStateException("%s is not a known kind of %s; known are %s"
                    .formatted(value.getClass().getName(), type.getSimpleName(), byName.keySet()));
        }
        return name;
    }

    private ObjectShape shape(String name) {
        ObjectShape shape = byName.get(name);
        if (shape == null) {
            throw new IllegalStateException(name);
        }
        return shape;
    }

    @Override
    public Object read(Object form, Place at) {
        Map<?, ?> object = ObjectShape.object(form, at);
        Object kind = object.get(KIND);
        Place there = at.field(KIND);
        if (kind == null) {
            throw there.wrong("missing");
        }
        String name = ScalarShapes.text(kind, there);
        ObjectShape shape = byName.get(name);
        if (shape == null) {
            throw there.unknown("the kind", name);
        }
        return shape.read(object, at, KIND::equals);
    }

    @Override
    public int versionNeeded(Object value) {
        return shape(name(value)).versionNeeded(value);
    }

    @Override
    public int newestVersion(Set<Shape> seen) {
        return byName.values().stream()
                .mapToInt(shape -> shape.newestVersion(seen))
                .max()
                .orElse(1);
    }
}
