package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.node.NodeResource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One field that differs.
 *
 * @param path the record's components from the outside in, as in {@code ports[0].node}; a node's resource is named by its
 *     label, as in {@code resources[container web].image}
 * @param from the value now, as people read it
 * @param to the value declared, as people read it
 */
public record FieldChange(String path, String from, String to) {
    private static final String NOTHING = "–";

    /**
     * The fields in which two records of one type differ, by component, record in record and list element by element.
     * Values types are compared as wholes. A record that its module does not export is compared as a whole as well.
     */
    public static List<FieldChange> between(Record from, Record to) {
        List<FieldChange> changes = new ArrayList<>();
        collect("", from, to, changes);
        return List.copyOf(changes);
    }

    private static void collect(String path, Object from, Object to, List<FieldChange> changes) {
        if (Objects.equals(from, to)) {
            return;
        }
        if (from instanceof Record left && to instanceof Record right && isComposite(left, right)) {
            for (RecordComponent component : left.getClass().getRecordComponents()) {
                String inner = path.isEmpty() ? component.getName() : path + "." + component.getName();
                collect(inner, value(component, left), value(component, right), changes);
            }
        } else if (from instanceof List<?> left && to instanceof List<?> right) {
            Map<String, Object> before = named(left);
            Map<String, Object> after = named(right);
            Set<String> names = new LinkedHashSet<>(after.keySet());
            names.addAll(before.keySet());
            names.forEach(name -> collect(
                    "%s[%s]".formatted(path, name),
                    before.getOrDefault(name, NOTHING),
                    after.getOrDefault(name, NOTHING),
                    changes));
        } else {
            changes.add(new FieldChange(path, from.toString(), to.toString()));
        }
    }

    /** Elements by what they are known by: the label where they have one, else the place. */
    private static Map<String, Object> named(List<?> elements) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            named.put(element instanceof NodeResource resource ? resource.label() : Integer.toString(i), element);
        }
        return named;
    }

    /** A value type has one component, which is no list, and a text of its own: it is shown by that text. */
    private static boolean isComposite(Record left, Record right) {
        Class<?> type = left.getClass();
        return type == right.getClass()
                && (type.getRecordComponents().length > 1 || isList(type.getRecordComponents()))
                && type.getModule().isExported(type.getPackageName(), FieldChange.class.getModule())
                && java.lang.reflect.Modifier.isPublic(type.getModifiers());
    }

    private static boolean isList(RecordComponent[] components) {
        return components.length == 1 && List.class.isAssignableFrom(components[0].getType());
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read %s of %s".formatted(component, record.getClass()), e);
        }
    }

    /** The change on one line. */
    @Override
    public String toString() {
        return "%s: %s → %s".formatted(path, from, to);
    }
}
