package io.nationtech.harmony.form;

import java.util.Set;

/** How values of one type are written and read. */
interface Shape {

    /** What a value is written as. */
    enum Written {
        TEXT,
        NUMBER,
        TRUTH,
        /** Of parts: an object or a list. */
        COMPOSITE
    }

    Written written();

    /** The form of a value. */
    Object write(Object value);

    /**
     * The value of a form.
     *
     * @throws FormException when it is none of this type
     */
    Object read(Object form, Place at);

    /** The newest version that anything of a value needs; at least 1. */
    default int versionNeeded(Object value) {
        return 1;
    }

    /** The newest version that anything of the type has; at least 1. What was seen is not looked at again. */
    default int newestVersion(Set<Shape> seen) {
        return 1;
    }
}
