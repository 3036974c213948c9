package io.nationtech.harmony.form;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Calls of what is public and exported, which needs no rights; what a type itself refuses is told with its place. */
final class Calls {
    private Calls() {}

    static Object get(Method accessor, Object owner) {
        try {
            return accessor.invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("%s of a %s cannot be asked".formatted(accessor, owner.getClass()), e);
        }
    }

    static Object make(Constructor<?> constructor, Place at, @Nullable Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw refused(e, at);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("%s cannot be called".formatted(constructor), e);
        }
    }

    static Object make(Method factory, Place at, String text) {
        try {
            return factory.invoke(null, text);
        } catch (InvocationTargetException e) {
            throw refused(e, at);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("%s cannot be called".formatted(factory), e);
        }
    }

    private static FormException refused(InvocationTargetException e, Place at) {
        return switch (e.getCause()) {
            case InvalidValueException invalid -> at.wrong(String.valueOf(invalid.getMessage()));
            case Error error -> throw error;
            case null, default -> at.wrong("cannot be: " + e.getCause());
        };
    }
}
