package io.nationtech.harmony.checker;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Methods that are being compiled. They cannot run yet, but one that names some values and returns an expression can be read, as
 * an expression is: so that a constant is found that goes to its factory by way of a method of one's own.
 */
final class Bodies {
    private final Trees trees;
    private final Elements elements;
    private final Map<ExecutableElement, Optional<Body>> known = new HashMap<>();

    Bodies(Trees trees, Elements elements) {
        this.trees = trees;
        this.elements = elements;
    }

    /**
     * @param locals values with a name, in their order
     * @param result what is returned
     */
    record Body(List<TreePath> locals, TreePath result) {}

    /** What the method does, when it is being compiled and that is all. */
    Optional<Body> of(ExecutableElement method) {
        Optional<Body> before = known.get(method);
        if (before == null) {
            before = read(method);
            known.put(method, before);
        }
        return before;
    }

    /** What a call of the method does, where it is being compiled and nothing else may be in its place. */
    Callee.Reading reading(ExecutableElement method) {
        if (isOfOwnRecord(method) && isWithoutCode(method)) {
            return method.getKind() == ElementKind.CONSTRUCTOR
                    ? Callee.Reading.MAKES_RECORD
                    : Callee.Reading.READS_COMPONENT;
        }
        return method.getKind() == ElementKind.METHOD
                        && isSettled(method)
                        && of(method).isPresent()
                ? Callee.Reading.BODY
                : Callee.Reading.NONE;
    }

    /** Whether the constructor or accessor is the one that the compiler writes. */
    private boolean isWithoutCode(ExecutableElement method) {
        return method.getKind() == ElementKind.CONSTRUCTOR
                ? elements.getOrigin(method) == Elements.Origin.MANDATED
                : elements.recordComponentFor(method) != null && trees.getPath(method) == null;
    }

    private boolean isOfOwnRecord(ExecutableElement method) {
        Element owner = method.getEnclosingElement();
        return owner != null && owner.getKind() == ElementKind.RECORD && trees.getPath(owner) != null;
    }

    private static boolean isSettled(ExecutableElement method) {
        Element owner = method.getEnclosingElement();
        return method.getModifiers().contains(Modifier.STATIC)
                || method.getModifiers().contains(Modifier.PRIVATE)
                || method.getModifiers().contains(Modifier.FINAL)
                || (owner != null && owner.getModifiers().contains(Modifier.FINAL));
    }

    private Optional<Body> read(ExecutableElement method) {
        TreePath source = method.isVarArgs() ? null : trees.getPath(method);
        return source != null
                        && source.getLeaf() instanceof MethodTree tree
                        && tree.getBody() != null
                        && !assigns(tree.getBody())
                ? read(new TreePath(source, tree.getBody()), tree.getBody().getStatements())
                : Optional.empty();
    }

    private static Optional<Body> read(TreePath block, List<? extends StatementTree> statements) {
        if (statements.isEmpty() || !(statements.getLast() instanceof ReturnTree returned)) {
            return Optional.empty();
        }
        ExpressionTree result = returned.getExpression();
        List<? extends StatementTree> before = statements.subList(0, statements.size() - 1);
        return result != null && before.stream().allMatch(Bodies::namesValue)
                ? Optional.of(new Body(
                        before.stream().map(local -> new TreePath(block, local)).toList(),
                        new TreePath(new TreePath(block, returned), result)))
                : Optional.empty();
    }

    /** Whether a variable may be another one later than where it is read. */
    private static boolean assigns(Tree body) {
        return Boolean.TRUE.equals(new Assignments().scan(body, null));
    }

    private static final class Assignments extends TreeScanner<@Nullable Boolean, @Nullable Void> {
        @Override
        public Boolean visitAssignment(AssignmentTree assignment, @Nullable Void unused) {
            return true;
        }

        @Override
        public Boolean visitCompoundAssignment(CompoundAssignmentTree assignment, @Nullable Void unused) {
            return true;
        }

        @Override
        public @Nullable Boolean visitUnary(UnaryTree unary, @Nullable Void unused) {
            return switch (unary.getKind()) {
                case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT -> true;
                default -> super.visitUnary(unary, null);
            };
        }

        @Override
        public @Nullable Boolean reduce(@Nullable Boolean one, @Nullable Boolean other) {
            return Boolean.TRUE.equals(one) ? one : other;
        }
    }

    private static boolean namesValue(Tree statement) {
        return statement instanceof VariableTree variable && variable.getInitializer() != null;
    }
}
