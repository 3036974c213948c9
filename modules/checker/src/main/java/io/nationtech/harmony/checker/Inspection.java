package io.nationtech.harmony.checker;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Finds, in one walk through a class, its variables and the calls whose arguments are to be checked. */
final class Inspection extends TreePathScanner<@Nullable Void, @Nullable Void> {
    /** What a test framework is given to run may be meant to fail. */
    private static final Set<String> UNDER_TEST = Set.of(
            "org.junit.jupiter.api.function.Executable",
            "org.junit.jupiter.api.function.ThrowingSupplier",
            "org.assertj.core.api.ThrowableAssert.ThrowingCallable");

    /** Half of all trees, in which no call can be. */
    private static final Set<Tree.Kind> WITHOUT_CALLS = EnumSet.of(
            Tree.Kind.IDENTIFIER,
            Tree.Kind.MODIFIERS,
            Tree.Kind.PRIMITIVE_TYPE,
            Tree.Kind.PARAMETERIZED_TYPE,
            Tree.Kind.ARRAY_TYPE,
            Tree.Kind.STRING_LITERAL,
            Tree.Kind.INT_LITERAL,
            Tree.Kind.LONG_LITERAL,
            Tree.Kind.DOUBLE_LITERAL,
            Tree.Kind.BOOLEAN_LITERAL,
            Tree.Kind.CHAR_LITERAL,
            Tree.Kind.NULL_LITERAL);

    private final Trees trees;
    private final Callees callees;
    private final Variables variables = new Variables();
    private final List<TreePath> checked = new ArrayList<>();
    private final List<TreePath> unresolved = new ArrayList<>();
    private final List<Demand> demands = new ArrayList<>();
    private final List<Finding> runTimeOnly = new ArrayList<>();

    Inspection(Trees trees, Callees callees) {
        this.trees = trees;
        this.callees = callees;
    }

    boolean isEmpty() {
        return checked.isEmpty() && demands.isEmpty() && !variables.hasFields();
    }

    Variables variables() {
        return variables;
    }

    /** Calls that run when their arguments are constants. */
    List<TreePath> checked() {
        return checked;
    }

    /** Calls that the compiler could not make sense of. */
    List<TreePath> unresolved() {
        return unresolved;
    }

    /** Arguments that must be constants. */
    List<Demand> demands() {
        return demands;
    }

    /** Calls of what deployments may not use. */
    List<Finding> runTimeOnly() {
        return runTimeOnly;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        return tree == null || WITHOUT_CALLS.contains(tree.getKind()) ? null : super.scan(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
        if (trees.getElement(getCurrentPath()) instanceof ExecutableElement method) {
            // The call of another constructor on a constructor's first line makes no object of its own.
            if (method.getKind() == ElementKind.METHOD) {
                note(method, call.getArguments());
            }
        } else {
            unresolved.add(getCurrentPath());
        }
        return super.visitMethodInvocation(call, null);
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void unused) {
        TypeMirror target = trees.getTypeMirror(getCurrentPath());
        return UNDER_TEST.stream().anyMatch(type -> Capabilities.isNamed(target, type))
                ? null
                : super.visitLambdaExpression(lambda, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree creation, @Nullable Void unused) {
        if (trees.getElement(getCurrentPath()) instanceof ExecutableElement constructor) {
            note(constructor, creation.getArguments());
        }
        return super.visitNewClass(creation, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void unused) {
        if (trees.getElement(getCurrentPath()) instanceof ExecutableElement method) {
            Callee callee = callees.of(method);
            noteRunTimeOnly(callee);
            if (callee.constantsOnly().isPresent() && isOutsideOf(callee.owner())) {
                demands.add(new Demand(getCurrentPath(), callee));
            }
        }
        return super.visitMemberReference(reference, null);
    }

    private void note(ExecutableElement element, List<? extends ExpressionTree> arguments) {
        Callee callee = callees.of(element);
        noteRunTimeOnly(callee);
        if (callee.isChecked() || (callee.reading() == Callee.Reading.BODY && !arguments.isEmpty())) {
            checked.add(getCurrentPath());
        }
        if (callee.constantsOnly().isPresent() && isOutsideOf(callee.owner())) {
            arguments.forEach(argument -> demands.add(new Demand(new TreePath(getCurrentPath(), argument), callee)));
        }
    }

    private void noteRunTimeOnly(Callee callee) {
        callee.twin()
                .ifPresent(twin -> runTimeOnly.add(new Finding(
                        getCurrentPath(),
                        Finding.Weight.ERROR,
                        "%s is not for deployments, as it checks at run time only; write %s"
                                .formatted(callee.name(), twin),
                        "it is for what comes from outside the program")));
    }

    private boolean isOutsideOf(Element type) {
        for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
            if (path.getLeaf() instanceof ClassTree && type.equals(trees.getElement(path))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void unused) {
        Element element = variable.getInitializer() == null ? null : trees.getElement(getCurrentPath());
        if (element != null) {
            variables.declared(element, new TreePath(getCurrentPath(), variable.getInitializer()));
        }
        return super.visitVariable(variable, null);
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
            variables.assigned(element);
        }
    }
}
