package io.nationtech.harmony.checker;

import com.sun.source.util.TreePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;

/** The variables of a class that are given a value where they are declared and none later. */
final class Variables {
    private final Map<Element, TreePath> initializers = new HashMap<>();
    private final Map<Element, TreePath> fields = new HashMap<>();
    private final Set<Element> assigned = new HashSet<>();

    /** A local variable is fixed when nothing assigns it; a field must say so, as other classes see it. */
    void declared(Element variable, TreePath initializer) {
        if (variable.getKind() != ElementKind.FIELD) {
            initializers.put(variable, initializer);
        } else if (variable.getModifiers().contains(Modifier.FINAL)) {
            fields.put(variable, initializer);
        }
    }

    void assigned(Element variable) {
        assigned.add(variable);
    }

    boolean hasFields() {
        return !fields.isEmpty();
    }

    void forEachField(BiConsumer<Element, TreePath> action) {
        fields.forEach(action);
    }

    /** Where the variable's only value stands. */
    Optional<TreePath> initializer(Element variable) {
        if (assigned.contains(variable)) {
            return Optional.empty();
        }
        TreePath local = initializers.get(variable);
        return Optional.ofNullable(local == null ? fields.get(variable) : local);
    }
}
