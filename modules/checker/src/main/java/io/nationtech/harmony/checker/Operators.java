package io.nationtech.harmony.checker;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.nationtech.harmony.checker.Evaluation.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Expressions that the language itself makes of others: operators, casts, choices, arrays. */
final class Operators {
    private final Trees trees;
    private final Factories factories;
    private final Evaluator values;

    /**
     * @param values finds the values of operands
     */
    Operators(Trees trees, Factories factories, Evaluator values) {
        this.trees = trees;
        this.factories = factories;
        this.values = values;
    }

    void fill(Map<Tree.Kind, Evaluator.Finder> finders) {
        finders.put(
                Tree.Kind.PARENTHESIZED,
                (path, tree) -> values.evaluate(path, ((ParenthesizedTree) tree).getExpression()));
        finders.put(Tree.Kind.TYPE_CAST, (path, tree) -> cast(path, (TypeCastTree) tree));
        finders.put(
                Tree.Kind.CONDITIONAL_EXPRESSION, (path, tree) -> conditional(path, (ConditionalExpressionTree) tree));
        finders.put(Tree.Kind.NEW_ARRAY, (path, tree) -> array(path, (NewArrayTree) tree));
        finders.put(Tree.Kind.SWITCH_EXPRESSION, (path, tree) -> chosen(path, (SwitchExpressionTree) tree));
        for (Tree.Kind kind : Tree.Kind.values()) {
            if (kind.asInterface() == BinaryTree.class) {
                finders.put(kind, (path, tree) -> binary(path, (BinaryTree) tree));
            } else if (kind.asInterface() == UnaryTree.class) {
                finders.put(kind, (path, tree) -> unary(path, (UnaryTree) tree));
            }
        }
    }

    /**
     * What an operator makes of an operand, where that is a constant.
     *
     * @param operator empty where only the program can tell
     */
    static Evaluation applied(Evaluation operand, Function<Object, Optional<Object>> operator) {
        return operand instanceof Known(Object value)
                ? operator.apply(value).<Evaluation>map(Known::new).orElse(Evaluation.AT_RUN_TIME)
                : operand;
    }

    private Evaluation unary(TreePath path, UnaryTree unary) {
        return applied(values.evaluate(path, unary.getExpression()), value -> Arithmetic.unary(unary.getKind(), value));
    }

    private Evaluation binary(TreePath path, BinaryTree binary) {
        Evaluation right = values.evaluate(path, binary.getRightOperand());
        return values.evaluate(path, binary.getLeftOperand()) instanceof Known(Object left)
                ? applied(right, value -> Arithmetic.binary(binary.getKind(), left, value))
                : Evaluation.AT_RUN_TIME;
    }

    private Evaluation cast(TreePath path, TypeCastTree cast) {
        TypeMirror type = trees.getTypeMirror(new TreePath(path, cast.getType()));
        return type == null || type.getKind() == TypeKind.ERROR
                ? Evaluation.AT_RUN_TIME
                : applied(
                        values.evaluate(path, cast.getExpression()),
                        value -> Optional.of(Arithmetic.converted(value, type.getKind())));
    }

    private Evaluation conditional(TreePath path, ConditionalExpressionTree conditional) {
        return values.evaluate(path, conditional.getCondition()) instanceof Known(Boolean condition)
                ? values.evaluate(path, condition ? conditional.getTrueExpression() : conditional.getFalseExpression())
                : Evaluation.AT_RUN_TIME;
    }

    private Evaluation chosen(TreePath path, SwitchExpressionTree choice) {
        return values.evaluate(path, choice.getExpression()) instanceof Known(Object selector)
                ? Cases.chosen(path, choice.getCases(), label -> isEqual(values.evaluate(label), selector))
                        .map(values::evaluate)
                        .orElse(Evaluation.AT_RUN_TIME)
                : Evaluation.AT_RUN_TIME;
    }

    private static Optional<Boolean> isEqual(Evaluation label, Object selector) {
        return label instanceof Known(Object value)
                ? Optional.of(value.equals(selector)
                        || Arithmetic.binary(Tree.Kind.EQUAL_TO, value, selector)
                                .equals(Optional.of(true)))
                : Optional.empty();
    }

    private Evaluation array(TreePath path, NewArrayTree array) {
        if (array.getInitializers() == null) {
            return Evaluation.AT_RUN_TIME;
        }
        List<Object> elements = new ArrayList<>();
        for (ExpressionTree element : array.getInitializers()) {
            Evaluation evaluated = values.evaluate(path, element);
            if (!(evaluated instanceof Known(Object value))) {
                return evaluated;
            }
            elements.add(value);
        }
        return trees.getTypeMirror(path) instanceof ArrayType type
                ? factories.array(type.getComponentType(), elements)
                : Evaluation.AT_RUN_TIME;
    }
}
