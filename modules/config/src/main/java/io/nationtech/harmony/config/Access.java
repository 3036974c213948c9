package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.Cause;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.Optional;

/** The way into other modules' types that those modules allow. */
final class Access {
    private static final MethodHandles.Lookup OURS = MethodHandles.lookup();

    private Access() {}

    /** The constructor that takes all components. */
    static MethodHandle constructor(Class<? extends Record> type, Class<?>[] components) {
        MethodHandles.Lookup lookup = into(type)
                .orElseThrow(() -> new SchemaException(new Cause(
                        "module %s does not open package %s to %s"
                                .formatted(
                                        type.getModule().getName(),
                                        type.getPackageName(),
                                        OURS.lookupClass().getModule().getName()),
                        type.getName(),
                        "add this line to the module-info.java of %s:%n      opens %s to %s;"
                                .formatted(
                                        type.getModule().getName(),
                                        type.getPackageName(),
                                        OURS.lookupClass().getModule().getName()))));
        try {
            return lookup.findConstructor(type, MethodType.methodType(void.class, components));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("every record has the constructor of its components", e);
        }
    }

    /** A static factory of the type that takes one argument, where there is one and it may be called. */
    static Optional<MethodHandle> factory(Class<?> type, String name, Class<?> argument) {
        return into(type).flatMap(lookup -> {
            try {
                return Optional.of(lookup.findStatic(type, name, MethodType.methodType(type, argument)));
            } catch (ReflectiveOperationException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<MethodHandles.Lookup> into(Class<?> type) {
        Module ours = OURS.lookupClass().getModule();
        Module theirs = type.getModule();
        ours.addReads(theirs);
        if (theirs.isOpen(type.getPackageName(), ours)) {
            try {
                return Optional.of(MethodHandles.privateLookupIn(type, OURS));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("an open package of a module that we read can be looked into", e);
            }
        }
        return theirs.isExported(type.getPackageName(), ours) && isPublic(type) ? Optional.of(OURS) : Optional.empty();
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (enclosing == null || isPublic(enclosing));
    }
}
