package io.nationtech.harmony.checker;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** The variables of a class that are given a value where they are declared and none later. */
final class Variables extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Trees trees;
    private final Map<Element, TreePath> initializers = new HashMap<>();
    private final Set<Element> assigned = new HashSet<>();

    Variables(Trees trees) {
        this.trees = trees;
    }

    /** Where the variable's only value stands. */
    Optional<TreePath> initializer(Element variable) {
        return assigned.contains(variable) ? Optional.empty() : Optional.ofNullable(initializers.get(variable));
    }

    /** The fields among them, with their values. */
    Map<Element, TreePath> fields() {
        Map<Element, TreePath> fields = new HashMap<>(initializers);
        fields.keySet().removeIf(variable -> variable.getKind() != ElementKind.FIELD);
        return fields;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void unused) {
        Element element = trees.getElement(getCurrentPath());
        if (element != null && variable.getInitializer() != null && isFixed(element)) {
            initializers.put(element, new TreePath(getCurrentPath(), variable.getInitializer()));
        }
        return super.visitVariable(variable, null);
    }

    /** A local variable is fixed when nothing assigns it; a field must say so, as other classes see it. */
    private static boolean isFixed(Element variable) {
        return variable.getKind() != ElementKind.FIELD
                || variable.getModifiers().contains(Modifier.FINAL);
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void unused) {
        assigned(assignment.getVariable());
        return super.visitAssignment(assignment, null);
    }

    @Override
    public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree assignment, @Nullable Void unused) {
        assigned(assignment.getVariable());
        return super.visitCompoundAssignment(assignment, null);
    }

    @Override
    public @Nullable Void visitUnary(UnaryTree unary, @Nullable Void unused) {
        switch (unary.getKind()) {
            case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
                assigned(unary.getExpression());
            default -> {}
        }
        return super.visitUnary(unary, null);
    }

    private void assigned(ExpressionTree variable) {
        Element element = trees.getElement(new TreePath(getCurrentPath(), variable));
        if (element != null) {
            assigned.add(element);
        }
    }
}
