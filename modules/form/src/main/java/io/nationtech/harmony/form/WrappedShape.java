package io.nationtech.harmony.form;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Set;

/** A record of one component that is written as a scalar: written as that. */
record WrappedShape(Method accessor, Constructor<?> constructor, Shape component) implements Shape {

    @Override
    public Written written() {
        return component.written();
    }

    @Override
    public Object write(Object value) {
        return component.write(Calls.get(accessor, value));
    }

    @Override
    public Object read(Object form, Place at) {
        return Calls.make(constructor, at, component.read(form, at));
    }

    @Override
    public int versionNeeded(Object value) {
        return component.versionNeeded(Calls.get(accessor, value));
    }

    @Override
    public int newestVersion(Set<Shape> seen) {
        return component.newestVersion(seen);
    }
}
