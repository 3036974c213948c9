package io.nationtech.harmony.checker;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;

/** Factories that take constants only. */
final class ConstantsOnly {
    private static final String CONSTANT_ONLY = "io.nationtech.harmony.domain.check.ConstantOnly";

    private final Trees trees;

    ConstantsOnly(Trees trees) {
        this.trees = trees;
    }

    /** An argument that must be a constant, or the reference to a method that would be given others. */
    record Demand(TreePath place, String callee, String because) {
        /** What to tell when it is not. */
        Finding unmet() {
            return new Finding(
                    place,
                    Finding.Weight.ERROR,
                    "%s takes constants only, because %s".formatted(callee, because),
                    "write a literal or a static final constant here");
        }
    }

    List<Demand> arguments(TreePath call, ExecutableElement callee, List<? extends ExpressionTree> arguments) {
        return reason(call, callee)
                .map(because -> arguments.stream()
                        .map(argument -> new Demand(new TreePath(call, argument), Callee.name(callee), because))
                        .toList())
                .orElse(List.of());
    }

    Optional<Demand> reference(TreePath reference, ExecutableElement callee) {
        return reason(reference, callee).map(because -> new Demand(reference, Callee.name(callee), because));
    }

    private Optional<String> reason(TreePath use, ExecutableElement callee) {
        Element type = Callee.owner(callee);
        return because(callee)
                .or(() -> isFactory(callee) ? because(type) : Optional.empty())
                .filter(_ -> !isWithin(type, use));
    }

    private static boolean isFactory(ExecutableElement callee) {
        return callee.getKind() == ElementKind.CONSTRUCTOR
                || callee.getModifiers().contains(Modifier.STATIC);
    }

    private static Optional<String> because(Element element) {
        AnnotationMirror mirror = PureCalls.annotation(element, CONSTANT_ONLY);
        return mirror == null
                ? Optional.empty()
                : mirror.getElementValues().values().stream()
                        .map(value -> String.valueOf(value.getValue()))
                        .findFirst();
    }

    private boolean isWithin(Element type, TreePath use) {
        for (TreePath path = use; path != null; path = path.getParentPath()) {
            if (path.getLeaf() instanceof ClassTree && type.equals(trees.getElement(path))) {
                return true;
            }
        }
        return false;
    }
}
