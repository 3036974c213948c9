package io.nationtech.harmony.form;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A type with a factory from text: written by {@code text()} where it has that, else by {@code toString()}. */
final class FactoryShape implements Shape {
    private static final Place NOWHERE = Place.root(Strictness.REFUSE_UNKNOWN, List.of());

    private final Method factory;
    private final @Nullable Method text;

    private FactoryShape(Method factory, @Nullable Method text) {
        this.factory = factory;
        this.text = text;
    }

    /** Empty when the type has no public static {@code parse(String)} or {@code of(String)} that returns itself. */
    static Optional<Shape> of(Class<?> type) {
        return Stream.of("parse", "of")
                .flatMap(name -> method(type, name, String.class).stream())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type)
                .findFirst()
                .map(factory -> new FactoryShape(
                        factory,
                        method(type, "text")
                                .filter(method -> method.getReturnType() == String.class)
                                .orElse(null)));
    }

    private static Optional<Method> method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return Optional.of(type.getMethod(name, parameters));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    @Override
    public Written written() {
        return Written.TEXT;
    }

    /**
     * @throws IllegalStateException when the factory makes something else of that text: what travels would silently change
     */
    @Override
    public Object write(Object value) {
        String form = text == null ? value.toString() : (String) Calls.get(text, value);
        if (!isReadAs(value, form)) {
            throw new IllegalStateException(
                    "%s makes no value, or another one, of '%s', which a value is written as".formatted(factory, form));
        }
        return form;
    }

    private boolean isReadAs(Object value, String form) {
        try {
            return read(form, NOWHERE).equals(value);
        } catch (FormException _) {
            return false;
        }
    }

    @Override
    public Object read(Object form, Place at) {
        return Calls.make(factory, at, ScalarShapes.text(form, at));
    }
}
