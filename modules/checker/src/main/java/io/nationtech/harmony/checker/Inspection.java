package io.nationtech.harmony.checker;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
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

/**
 * Finds, in one walk through a class, its variables and the calls whose arguments are to be checked. The path goes along as the
 * parameter: of a tree's parent to {@code scan}, of the tree itself to {@code visit…}.
 */
final class Inspection extends TreeScanner<@Nullable Void, TreePath> {
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

    void inspect(TreePath ofClass) {
        ofClass.getLeaf().accept(this, ofClass);
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, TreePath parent) {
        return tree == null || WITHOUT_CALLS.contains(tree.getKind())
                ? null
                : tree.accept(this, new TreePath(parent, tree));
    }

    /** Down a chain of calls in a loop: configuration is chains, and a compiler that has just started is slow at recursion. */
    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree last, TreePath ofLast) {
        MethodInvocationTree call = last;
        TreePath path = ofLast;
        while (true) {
            note(call, path);
            scan(call.getArguments(), path);
            if (!(call.getMethodSelect() instanceof MemberSelectTree select)) {
                return null;
            }
            TreePath selected = new TreePath(path, select);
            if (!(select.getExpression() instanceof MethodInvocationTree receiver)) {
                return scan(select.getExpression(), selected);
            }
            call = receiver;
            path = new TreePath(selected, receiver);
        }
    }

    private void note(MethodInvocationTree call, TreePath path) {
        if (trees.getElement(path) instanceof ExecutableElement method) {
            // The call of another constructor on a constructor's first line makes no object of its own.
            if (method.getKind() == ElementKind.METHOD) {
                note(method, call.getArguments(), path);
            }
        } else {
            unresolved.add(path);
        }
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, TreePath path) {
        TypeMirror target = trees.getTypeMirror(path);
        return UNDER_TEST.stream().anyMatch(type -> Capabilities.isNamed(target, type))
                ? null
                : super.visitLambdaExpression(lambda, path);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree creation, TreePath path) {
        if (trees.getElement(path) instanceof ExecutableElement constructor) {
            note(constructor, creation.getArguments(), path);
        }
        return super.visitNewClass(creation, path);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree reference, TreePath path) {
        if (trees.getElement(path) instanceof ExecutableElement method) {
            Callee callee = callees.of(method);
            noteRunTimeOnly(callee, path);
            if (callee.constantsOnly().isPresent() && isOutsideOf(callee.owner(), path)) {
                demands.add(new Demand(path, callee));
            }
        }
        return super.visitMemberReference(reference, path);
    }

    private void note(ExecutableElement element, List<? extends ExpressionTree> arguments, TreePath path) {
        Callee callee = callees.of(element);
        noteRunTimeOnly(callee, path);
        if (callee.isChecked() || (callee.reading() == Callee.Reading.BODY && !arguments.isEmpty())) {
            checked.add(path);
        }
        if (callee.constantsOnly().isPresent() && isOutsideOf(callee.owner(), path)) {
            arguments.forEach(argument -> demands.add(new Demand(new TreePath(path, argument), callee)));
        }
    }

    private void noteRunTimeOnly(Callee callee, TreePath path) {
        if (callee.twin().isPresent()) {
            runTimeOnly.add(new Finding(
                    path,
                    Finding.Weight.ERROR,
                    "%s is not for deployments, as it checks at run time only; write %s"
                            .formatted(callee.name(), callee.twin().get()),
                    "it is for what comes from outside the program"));
        }
    }

    private boolean isOutsideOf(Element type, TreePath from) {
        for (TreePath path = from; path != null; path = path.getParentPath()) {
            if (path.getLeaf() instanceof ClassTree && type.equals(trees.getElement(path))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, TreePath path) {
        Element element = variable.getInitializer() == null ? null : trees.getElement(path);
        if (element != null) {
            variables.declared(element, new TreePath(path, variable.getInitializer()));
        }
        return super.visitVariable(variable, path);
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree assignment, TreePath path) {
        assigned(assignment.getVariable(), path);
        return super.visitAssignment(assignment, path);
    }

    @Override
    public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree assignment, TreePath path) {
        assigned(assignment.getVariable(), path);
        return super.visitCompoundAssignment(assignment, path);
    }

    @Override
    public @Nullable Void visitUnary(UnaryTree unary, TreePath path) {
        switch (unary.getKind()) {
            case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
                assigned(unary.getExpression(), path);
            default -> {}
        }
        return super.visitUnary(unary, path);
    }

    private void assigned(ExpressionTree variable, TreePath parent) {
        Element element = trees.getElement(new TreePath(parent, variable));
        if (element != null) {
            variables.assigned(element);
        }
    }
}
