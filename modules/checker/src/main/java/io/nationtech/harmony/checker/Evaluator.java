package io.nationtech.harmony.checker;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.nationtech.harmony.checker.Evaluation.Known;
import io.nationtech.harmony.checker.Factories.Argument;
import io.nationtech.harmony.checker.Factories.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Finds the values of expressions, bottom up, as the program would find them at run time. */
final class Evaluator {
    private final Trees trees;
    private final PureCalls pure;
    private final Factories factories;
    /** Of fields, over the whole compilation: the tree of a class that was generated is gone. */
    private final Map<Element, Evaluation> fields = new HashMap<>();

    private IdentityHashMap<Tree, Evaluation> known = new IdentityHashMap<>();
    private final Set<Element> underway = new HashSet<>();
    private final Set<ExecutableElement> compiled = new HashSet<>();
    private Map<Element, Argument> parameters = Map.of();
    private Variables variables;

    Evaluator(Trees trees, PureCalls pure, Factories factories) {
        this.trees = trees;
        this.pure = pure;
        this.factories = factories;
        this.variables = new Variables(trees);
    }

    /** Turns to a class, whose variables these are. */
    void enter(Variables ofClass) {
        variables = ofClass;
        known.clear();
        underway.clear();
    }

    /** Keeps the values of the class' fields for the classes that come after it. */
    void leave() {
        variables.fields().forEach((field, initializer) -> field(initializer, field));
    }

    Evaluation evaluate(TreePath path) {
        Evaluation before = known.get(path.getLeaf());
        if (before != null) {
            return before;
        }
        Evaluation found = find(path);
        known.put(path.getLeaf(), found);
        return found;
    }

    private Evaluation find(TreePath path) {
        return switch (path.getLeaf()) {
            case LiteralTree literal when literal.getValue() != null -> new Known(literal.getValue());
            case ParenthesizedTree parenthesized -> evaluate(path, parenthesized.getExpression());
            case UnaryTree unary ->
                known(evaluate(path, unary.getExpression()), value -> Arithmetic.unary(unary.getKind(), value));
            case BinaryTree binary -> binary(path, binary);
            case TypeCastTree cast -> cast(path, cast);
            case ConditionalExpressionTree conditional -> conditional(path, conditional);
            case IdentifierTree _ -> name(path);
            case MemberSelectTree select ->
                select.getIdentifier().contentEquals("class") ? classLiteral(path, select) : name(path);
            case MethodInvocationTree call -> call(path, call);
            case NewClassTree creation
            when creation.getClassBody() == null && creation.getEnclosingExpression() == null ->
                made(path, creation.getArguments());
            case NewArrayTree array when array.getInitializers() != null -> array(path, array);
            default -> Evaluation.AT_RUN_TIME;
        };
    }

    private Evaluation evaluate(TreePath parent, Tree child) {
        return evaluate(new TreePath(parent, child));
    }

    private static Evaluation known(Evaluation operand, Function<Object, Optional<Object>> operator) {
        return operand instanceof Known(Object value)
                ? operator.apply(value).<Evaluation>map(Known::new).orElse(Evaluation.AT_RUN_TIME)
                : operand;
    }

    private Evaluation binary(TreePath path, BinaryTree binary) {
        Evaluation right = evaluate(path, binary.getRightOperand());
        return evaluate(path, binary.getLeftOperand()) instanceof Known(Object left)
                ? known(right, value -> Arithmetic.binary(binary.getKind(), left, value))
                : Evaluation.AT_RUN_TIME;
    }

    private Evaluation cast(TreePath path, TypeCastTree cast) {
        TypeMirror type = trees.getTypeMirror(new TreePath(path, cast.getType()));
        return type == null || type.getKind() == TypeKind.ERROR
                ? Evaluation.AT_RUN_TIME
                : known(
                        evaluate(path, cast.getExpression()),
                        value -> Optional.of(Arithmetic.converted(value, type.getKind())));
    }

    private Evaluation conditional(TreePath path, ConditionalExpressionTree conditional) {
        return evaluate(path, conditional.getCondition()) instanceof Known(Boolean condition)
                ? evaluate(path, condition ? conditional.getTrueExpression() : conditional.getFalseExpression())
                : Evaluation.AT_RUN_TIME;
    }

    private Evaluation classLiteral(TreePath path, MemberSelectTree select) {
        return factories.classLiteral(trees.getTypeMirror(new TreePath(path, select.getExpression())));
    }

    private Evaluation array(TreePath path, NewArrayTree array) {
        List<Object> values = new ArrayList<>();
        for (ExpressionTree element : array.getInitializers()) {
            if (!(evaluate(path, element) instanceof Known(Object value))) {
                return evaluate(path, element);
            }
            values.add(value);
        }
        return trees.getTypeMirror(path) instanceof ArrayType type
                ? factories.array(type.getComponentType(), values)
                : Evaluation.AT_RUN_TIME;
    }

    private Evaluation name(TreePath path) {
        if (!(trees.getElement(path) instanceof VariableElement variable)) {
            return Evaluation.AT_RUN_TIME;
        }
        return switch (variable.getKind()) {
            case ENUM_CONSTANT -> factories.staticField(path, variable);
            case FIELD -> field(path, variable);
            case LOCAL_VARIABLE ->
                variables
                        .initializer(variable)
                        .map(value -> initial(variable, value))
                        .orElse(Evaluation.AT_RUN_TIME);
            case PARAMETER ->
                Optional.ofNullable(parameters.get(variable))
                        .<Evaluation>map(argument -> new Known(Arithmetic.converted(
                                argument.value(), variable.asType().getKind())))
                        .orElse(Evaluation.AT_RUN_TIME);
            default -> Evaluation.AT_RUN_TIME;
        };
    }

    private Evaluation field(TreePath use, Element element) {
        Evaluation before = fields.get(element);
        if (before == null) {
            before = underway.add(element) ? findField(use, (VariableElement) element) : Evaluation.AT_RUN_TIME;
            underway.remove(element);
            fields.put(element, before);
        }
        return before;
    }

    private Evaluation findField(TreePath use, VariableElement field) {
        Object constant = field.getConstantValue();
        if (constant != null) {
            return new Known(constant);
        }
        if (!field.getModifiers().contains(Modifier.FINAL)) {
            return Evaluation.AT_RUN_TIME;
        }
        Optional<TreePath> here = variables.initializer(field);
        if (here.isPresent()) {
            return initial(field, here.get());
        }
        if (!field.getModifiers().contains(Modifier.STATIC)) {
            return Evaluation.AT_RUN_TIME;
        }
        TreePath source = trees.getPath(field);
        if (source != null) {
            return source.getLeaf() instanceof VariableTree variable && variable.getInitializer() != null
                    ? initial(field, new TreePath(source, variable.getInitializer()))
                    : Evaluation.AT_RUN_TIME;
        }
        return field.asType() instanceof DeclaredType type && pure.isImmutable((TypeElement) type.asElement())
                ? factories.staticField(use, field)
                : Evaluation.AT_RUN_TIME;
    }

    /** The value that a variable begins with; an array may be changed by anyone who has it. */
    private Evaluation initial(Element variable, TreePath value) {
        TypeKind type = variable.asType().getKind();
        return type == TypeKind.ARRAY
                ? Evaluation.AT_RUN_TIME
                : known(evaluate(value), found -> Optional.of(Arithmetic.converted(found, type)));
    }

    private Evaluation made(TreePath path, List<? extends ExpressionTree> arguments) {
        return trees.getElement(path) instanceof ExecutableElement constructor && pure.isPure(constructor)
                ? run(new Call(path, constructor, Optional.empty()), arguments)
                : Evaluation.AT_RUN_TIME;
    }

    private Evaluation call(TreePath path, MethodInvocationTree call) {
        if (!(trees.getElement(path) instanceof ExecutableElement method)
                || method.getKind() != ElementKind.METHOD
                || !pure.isPure(method)) {
            return Evaluation.AT_RUN_TIME;
        }
        if (method.getModifiers().contains(Modifier.STATIC)) {
            return run(new Call(path, method, Optional.empty()), call.getArguments());
        }
        if (!(call.getMethodSelect() instanceof MemberSelectTree select)) {
            return Evaluation.AT_RUN_TIME;
        }
        Evaluation receiver = evaluate(new TreePath(path, select), select.getExpression());
        return receiver instanceof Known(Object object)
                ? run(new Call(path, method, Optional.of(object)), call.getArguments())
                : receiver;
    }

    private Evaluation run(Call call, List<? extends ExpressionTree> arguments) {
        List<Argument> values = new ArrayList<>();
        for (ExpressionTree argument : arguments) {
            TreePath path = new TreePath(call.path(), argument);
            if (!(evaluate(path) instanceof Known(Object value))) {
                return evaluate(path);
            }
            values.add(new Argument(path, value));
        }
        return expression(call.callee())
                .map(expression -> read(call, expression, values))
                .orElseGet(() -> factories.run(call, values));
    }

    /** A method that is being compiled cannot run, but where it is a single expression it can be read. */
    private Optional<TreePath> expression(ExecutableElement callee) {
        if (compiled.contains(callee)) {
            return Optional.empty();
        }
        TreePath source = trees.getPath(callee);
        if (source == null) {
            compiled.add(callee);
            return Optional.empty();
        }
        return !callee.isVarArgs()
                        && source.getLeaf() instanceof MethodTree method
                        && method.getBody() != null
                        && method.getBody().getStatements().size() == 1
                        && method.getBody().getStatements().getFirst() instanceof ReturnTree returned
                        && returned.getExpression() != null
                ? Optional.of(new TreePath(
                        new TreePath(new TreePath(source, method.getBody()), returned), returned.getExpression()))
                : Optional.empty();
    }

    private Evaluation read(Call call, TreePath expression, List<Argument> arguments) {
        if (!underway.add(call.callee())) {
            return Evaluation.AT_RUN_TIME;
        }
        Map<Element, Argument> outerParameters = parameters;
        IdentityHashMap<Tree, Evaluation> outerKnown = known;
        parameters = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            parameters.put(call.callee().getParameters().get(i), arguments.get(i));
        }
        known = new IdentityHashMap<>();
        try {
            return evaluate(expression) instanceof Evaluation.Refused(Finding finding)
                    ? new Evaluation.Refused(finding.at(caller(finding.place(), call)))
                    : evaluate(expression);
        } finally {
            underway.remove(call.callee());
            parameters = outerParameters;
            known = outerKnown;
        }
    }

    /** Where the caller wrote what was refused: the argument that was handed on, else the whole call. */
    private TreePath caller(TreePath refused, Call call) {
        Argument handedOn = parameters.get(trees.getElement(refused));
        return handedOn == null ? call.path() : handedOn.path();
    }
}
