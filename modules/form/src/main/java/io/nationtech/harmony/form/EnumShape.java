package io.nationtech.harmony.form;

import io.nationtech.harmony.domain.node.Since;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An enum's constants, as words in lower case. */
final class EnumShape implements Shape {
    private final Map<String, Object> constants = new LinkedHashMap<>();
    private final Map<Object, Integer> since = new HashMap<>();

    EnumShape(Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            constants.put(word(constant), constant);
            since.put(constant, since(type, ((Enum<?>) constant).name()));
        }
    }

    private static int since(Class<?> type, String constant) {
        try {
            Since since = type.getField(constant).getAnnotation(Since.class);
            return since == null ? 1 : since.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("%s has no field for its constant %s".formatted(type, constant), e);
        }
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Written written() {
        return Written.TEXT;
    }

    @Override
    public Object write(Object value) {
        return word(value);
    }

    @Override
    public Object read(Object form, Place at) {
        String word = ScalarShapes.text(form, at);
        Object constant = constants.get(word);
        if (constant == null) {
            throw at.unknown("the word", word);
        }
        return constant;
    }

    @Override
    public int versionNeeded(Object value) {
        return since.getOrDefault(value, 1);
    }

    @Override
    public int newestVersion(Set<Shape> seen) {
        return since.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    }
}
