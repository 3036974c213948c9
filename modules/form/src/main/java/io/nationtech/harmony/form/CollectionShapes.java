package io.nationtech.harmony.form;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The forms of what holds values of other types. */
final class CollectionShapes {
    private static final int MOST = 10_000;
    private static final Comparator<Object> BY_FORM =
            (one, other) -> one instanceof Number left && other instanceof Number right
                    ? Long.compare(left.longValue(), right.longValue())
                    : Canonical.text(one).compareTo(Canonical.text(other));

    private CollectionShapes() {}

    /** As its value, where there is one. */
    record OfOptional(Shape inner) implements Shape {
        @Override
        public Written written() {
            return inner.written();
        }

        @Override
        public Object write(Object value) {
            return inner.write(((Optional<?>) value).orElseThrow());
        }

        @Override
        public Object read(Object form, Place at) {
            return Optional.of(inner.read(form, at));
        }

        @Override
        public int versionNeeded(Object value) {
            return ((Optional<?>) value).map(inner::versionNeeded).orElse(1);
        }

        @Override
        public int newestVersion(Set<Shape> seen) {
            return inner.newestVersion(seen);
        }
    }

    /** A list in its order. */
    record OfList(Shape item) implements Shape {
        @Override
        public Written written() {
            return Written.COMPOSITE;
        }

        @Override
        public Object write(Object value) {
            return ((Collection<?>) value).stream().map(item::write).toList();
        }

        @Override
        public Object read(Object form, Place at) {
            return List.copyOf(items(form, item, at));
        }

        @Override
        public int versionNeeded(Object value) {
            return newest((Collection<?>) value, item);
        }

        @Override
        public int newestVersion(Set<Shape> seen) {
            return item.newestVersion(seen);
        }
    }

    /** A set as a list, ordered by what is written, so that equal sets have equal forms. */
    record OfSet(Shape item) implements Shape {
        @Override
        public Written written() {
            return Written.COMPOSITE;
        }

        @Override
        public Object write(Object value) {
            return ((Collection<?>) value)
                    .stream().map(item::write).sorted(BY_FORM).toList();
        }

        @Override
        public Object read(Object form, Place at) {
            List<Object> items = items(form, item, at);
            Set<Object> set = new HashSet<>();
            for (Object one : items) {
                if (!set.add(one)) {
                    throw at.wrong("has %s twice".formatted(one));
                }
            }
            return Set.copyOf(set);
        }

        @Override
        public int versionNeeded(Object value) {
            return newest((Collection<?>) value, item);
        }

        @Override
        public int newestVersion(Set<Shape> seen) {
            return item.newestVersion(seen);
        }
    }

    /** A map as an object, ordered by its keys' texts. */
    record OfMap(Shape key, Shape item) implements Shape {
        @Override
        public Written written() {
            return Written.COMPOSITE;
        }

        @Override
        public Object write(Object value) {
            Map<String, Object> form = new LinkedHashMap<>();
            ((Map<?, ?>) value)
                    .entrySet().stream()
                            .map(entry -> Map.entry((String) key.write(entry.getKey()), item.write(entry.getValue())))
                            .sorted(Map.Entry.comparingByKey())
                            .forEach(entry -> form.put(entry.getKey(), entry.getValue()));
            return form;
        }

        @Override
        public Object read(Object form, Place at) {
            Map<?, ?> object = ObjectShape.object(form, at);
            bounded(object.size(), at);
            Map<Object, Object> map = new LinkedHashMap<>();
            object.forEach((name, part) -> {
                Place there = at.item(String.valueOf(name));
                if (name == null || part == null) {
                    throw there.wrong("null");
                }
                if (map.put(key.read(name, there), item.read(part, there)) != null) {
                    throw there.wrong("there twice");
                }
            });
            return Map.copyOf(map);
        }

        @Override
        public int versionNeeded(Object value) {
            Map<?, ?> map = (Map<?, ?>) value;
            return Math.max(newest(map.keySet(), key), newest(map.values(), item));
        }

        @Override
        public int newestVersion(Set<Shape> seen) {
            return Math.max(key.newestVersion(seen), item.newestVersion(seen));
        }
    }

    private static int newest(Collection<?> values, Shape shape) {
        return values.stream().mapToInt(shape::versionNeeded).max().orElse(1);
    }

    private static List<Object> items(Object form, Shape shape, Place at) {
        if (!(form instanceof List<?> list)) {
            throw at.wrong("not a list");
        }
        bounded(list.size(), at);
        List<Object> items = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            Place there = at.item(i);
            Object one = list.get(i);
            if (one == null) {
                throw there.wrong("null");
            }
            try {
                items.add(shape.read(one, there));
            } catch (UnknownWordException e) {
                if (at.strictness == Strictness.REFUSE_UNKNOWN
                        || !(shape instanceof KindsShape)
                        || !(one instanceof Map<?, ?> object)) {
                    throw e;
                }
                at.leftOut.add(new LeftOut(String.valueOf(e.getMessage()), object));
            }
        }
        return items;
    }

    private static void bounded(int size, Place at) {
        if (size > MOST) {
            throw at.wrong("%d items are more than %d".formatted(size, MOST));
        }
    }
}
