package io.nationtech.harmony.checker;

import com.sun.source.util.TreePath;

/** An argument that must be a constant, or the reference to a method that would be given others. */
record Demand(TreePath place, Callee callee) {
    /** What to tell when it is not. */
    Finding unmet() {
        return new Finding(
                place,
                Finding.Weight.ERROR,
                "%s takes constants only, because %s"
                        .formatted(callee.name(), callee.constantsOnly().orElseThrow()),
                "write a literal or a static final constant here");
    }
}
