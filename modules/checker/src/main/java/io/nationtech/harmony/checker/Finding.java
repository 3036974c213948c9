package io.nationtech.harmony.checker;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.tools.Diagnostic;

/**
 * Something to tell at a place in the source.
 *
 * @param message one line: what is wrong and, where known, what to write instead
 * @param detail who says so, on the second line
 */
record Finding(TreePath place, Weight weight, String message, String detail) {
    enum Weight {
        ERROR(Diagnostic.Kind.ERROR),
        WARNING(Diagnostic.Kind.WARNING);

        private final Diagnostic.Kind kind;

        Weight(Diagnostic.Kind kind) {
            this.kind = kind;
        }
    }

    /** The same at another place. */
    Finding at(TreePath other) {
        return new Finding(other, weight, message, detail);
    }

    void print(Trees trees) {
        trees.printMessage(weight.kind, message + "\n  (" + detail + ")", place.getLeaf(), place.getCompilationUnit());
    }
}
