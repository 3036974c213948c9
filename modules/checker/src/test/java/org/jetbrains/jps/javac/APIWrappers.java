package org.jetbrains.jps.javac;

import java.lang.reflect.Proxy;

/** Stands for IntelliJ's class of this name, which wraps what javac gives a processor. */
public final class APIWrappers {
    private APIWrappers() {}

    public static <T> T wrapped(Class<T> type, T original) {
        return type.cast(Proxy.newProxyInstance(
                APIWrappers.class.getClassLoader(),
                new Class<?>[] {type, Wrapper.class},
                (_, method, arguments) ->
                        method.getDeclaringClass() == Wrapper.class ? original : method.invoke(original, arguments)));
    }

    /** By the name and signature that IntelliJ gives it. */
    @SuppressWarnings("UnusedVariable")
    public static <T> T unwrap(Class<? extends T> type, T wrapper) {
        return wrapper instanceof Wrapper wraps ? type.cast(wraps.original()) : wrapper;
    }

    /** Knows what it wraps. */
    public interface Wrapper {
        Object original();
    }
}
