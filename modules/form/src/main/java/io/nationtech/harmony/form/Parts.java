package io.nationtech.harmony.form;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a record is shown and compared by: its components, or nothing where it stands as a whole. */
final class Parts {
    private static final Set<Class<?>> HOLDERS = Set.of(Optional.class, List.class, Set.class, Map.class);
    private static final ClassValue<Map<String, Method>> PARTS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            Map<String, Method> parts = new LinkedHashMap<>();
            if (type.isRecord() && !isWhole(type)) {
                for (RecordComponent component : type.getRecordComponents()) {
                    parts.put(component.getName(), component.getAccessor());
                }
            }
            return parts;
        }
    };

    private Parts() {}

    /** Empty for what is no record, is not for others to see, or stands for one thing. */
    static Map<String, Method> of(Class<?> type) {
        return PARTS.get(type);
    }

    private static boolean isWhole(Class<?> type) {
        if (!type.isRecord()) {
            return type.isPrimitive() || !Modifier.isAbstract(type.getModifiers()); // else a record may stand there
        }
        if (!isVisible(type) || FactoryShape.of(type).isPresent()) {
            return true;
        }
        RecordComponent[] components = type.getRecordComponents();
        return components.length == 1 && !HOLDERS.contains(components[0].getType()) && isWhole(components[0].getType());
    }

    private static boolean isVisible(Class<?> type) {
        return type.getModule().isExported(type.getPackageName(), Parts.class.getModule())
                && Modifier.isPublic(type.getModifiers());
    }
}
