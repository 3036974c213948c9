package io.nationtech.harmony.checker;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Finds the calls in a class whose arguments are to be checked. */
final class Inspection extends TreePathScanner<@Nullable Void, @Nullable Void> {
    /** What a test framework is given to run may be meant to fail. */
    private static final Set<String> UNDER_TEST = Set.of(
            "org.junit.jupiter.api.function.Executable",
            "org.junit.jupiter.api.function.ThrowingSupplier",
            "org.assertj.core.api.ThrowableAssert.ThrowingCallable");

    private final Trees trees;
    private final PureCalls pure;
    private final ConstantsOnly constantsOnly;
    private final List<TreePath> checked = new ArrayList<>();
    private final List<TreePath> unresolved = new ArrayList<>();
    private final List<ConstantsOnly.Demand> demands = new ArrayList<>();

    Inspection(Trees trees, PureCalls pure, ConstantsOnly constantsOnly) {
        this.trees = trees;
        this.pure = pure;
        this.constantsOnly = constantsOnly;
    }

    boolean isEmpty() {
        return checked.isEmpty() && demands.isEmpty();
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
    List<ConstantsOnly.Demand> demands() {
        return demands;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
        if (trees.getElement(getCurrentPath()) instanceof ExecutableElement callee) {
            // The call of another constructor on a constructor's first line makes no object of its own.
            if (callee.getKind() == ElementKind.METHOD) {
                note(callee, call.getArguments());
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
        if (trees.getElement(getCurrentPath()) instanceof ExecutableElement callee) {
            note(callee, creation.getArguments());
        }
        return super.visitNewClass(creation, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void unused) {
        if (trees.getElement(getCurrentPath()) instanceof ExecutableElement callee) {
            constantsOnly.reference(getCurrentPath(), callee).ifPresent(demands::add);
        }
        return super.visitMemberReference(reference, null);
    }

    private void note(ExecutableElement callee, List<? extends ExpressionTree> arguments) {
        if (pure.isChecked(callee)) {
            checked.add(getCurrentPath());
        }
        demands.addAll(constantsOnly.arguments(getCurrentPath(), callee, arguments));
    }
}
