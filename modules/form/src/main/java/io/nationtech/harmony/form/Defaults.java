package io.nationtech.harmony.form;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a component has when nothing is said of it. */
final class Defaults {
    private static final String NAME = "DEFAULT";
    private static final Map<Class<?>, Object> EMPTY = Map.of(
            Optional.class, Optional.empty(),
            List.class, List.of(),
            Set.class, Set.of(),
            Map.class, Map.of());

    private Defaults() {}

    static Optional<Object> of(Class<?> type) {
        Object empty = EMPTY.get(type);
        return empty == null ? constant(type) : Optional.of(empty);
    }

    private static Optional<Object> constant(Class<?> type) {
        try {
            Field field = type.getField(NAME);
            return Modifier.isStatic(field.getModifiers()) && field.getType() == type
                    ? Optional.ofNullable(field.get(null))
                    : Optional.empty();
        } catch (NoSuchFieldException e) {
            return Optional.empty();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("%s.%s cannot be read".formatted(type.getName(), NAME), e);
        }
    }
}
