package io.nationtech.harmony.checker;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.nationtech.harmony.checker.Bodies.Body;
import io.nationtech.harmony.checker.Evaluation.Known;
import io.nationtech.harmony.checker.Factories.Argument;
import io.nationtech.harmony.checker.Factories.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/** Finds the values of expressions, bottom up, as the program would find them at run time. */
final class Evaluator {
    /** How many methods and fields may lead to one another: much more than people follow. */
    private static final int DEEPEST = 12;

    /** How often methods are read for one class, so that the compilation ends whatever they are like. */
    private static final int MOST_READ = 50_000;

    private final Trees trees;
    private final PureCalls pure;
    private final Callees callees;
    private final Bodies bodies;
    private final Factories factories;
    /** Of fields, over the whole compilation: the tree of a class that was generated is gone. */
    private final Map<Element, Evaluation> fields = new HashMap<>();

    private IdentityHashMap<Tree, Evaluation> known = new IdentityHashMap<>();
    private final Set<Element> underway = new HashSet<>();
    private Map<Element, Argument> parameters = Map.of();
    private Variables variables;
    private int read;

    /**
     * A table, not a switch: through a switch the JIT compiler follows expressions into one another, and takes half a second for one
     * method that is as large as it allows.
     */
    private final Map<Tree.Kind, Finder> finders = new EnumMap<>(Tree.Kind.class);

    /** Finds the value of one kind of expression. */
    interface Finder {
        Evaluation find(TreePath path, Tree tree);
    }

    Evaluator(Trees trees, PureCalls pure, Callees callees, Bodies bodies, Factories factories) {
        this.trees = trees;
        this.pure = pure;
        this.callees = callees;
        this.bodies = bodies;
        this.factories = factories;
        this.variables = new Variables();
        fillFinders();
    }

    private void fillFinders() {
        finders.put(Tree.Kind.METHOD_INVOCATION, (path, tree) -> call(path, (MethodInvocationTree) tree));
        finders.put(Tree.Kind.NEW_CLASS, (path, tree) -> made(path, (NewClassTree) tree));
        finders.put(Tree.Kind.IDENTIFIER, (path, _) -> name(path));
        finders.put(Tree.Kind.MEMBER_SELECT, (path, tree) -> selected(path, (MemberSelectTree) tree));
        new Operators(trees, factories, this).fill(finders);
    }

    /** Turns to a class, whose variables these are. */
    void enter(Variables ofClass) {
        variables = ofClass;
        known.clear();
        underway.clear();
        read = 0;
    }

    /** Keeps the values of the class' fields for the classes that come after it. */
    void leave() {
        variables.forEachField((field, initializer) -> field(initializer, field));
    }

    Evaluation evaluate(TreePath path) {
        Tree tree = path.getLeaf();
        // Cheaper found again than remembered.
        if (tree instanceof LiteralTree literal) {
            return literal.getValue() == null ? Evaluation.AT_RUN_TIME : new Known(literal.getValue());
        }
        Evaluation before = known.get(tree);
        if (before != null) {
            return before;
        }
        Evaluation found = find(path, tree);
        known.put(tree, found);
        return found;
    }

    private Evaluation find(TreePath path, Tree tree) {
        Finder finder = finders.get(tree.getKind());
        return finder == null ? Evaluation.AT_RUN_TIME : finder.find(path, tree);
    }

    Evaluation evaluate(TreePath parent, Tree child) {
        return evaluate(new TreePath(parent, child));
    }

    private Evaluation selected(TreePath path, MemberSelectTree select) {
        return select.getIdentifier().contentEquals("class")
                ? factories.classLiteral(trees.getTypeMirror(new TreePath(path, select.getExpression())))
                : name(path);
    }

    private Evaluation name(TreePath path) {
        if (!(trees.getElement(path) instanceof VariableElement variable)) {
            return Evaluation.AT_RUN_TIME;
        }
        return switch (variable.getKind()) {
            case ENUM_CONSTANT -> factories.staticField(path, variable);
            case FIELD -> field(path, variable);
            case LOCAL_VARIABLE -> local(variable);
            case PARAMETER ->
                Optional.ofNullable(parameters.get(variable))
                        .<Evaluation>map(argument -> new Known(Arithmetic.converted(
                                argument.value(), variable.asType().getKind())))
                        .orElse(Evaluation.AT_RUN_TIME);
            default -> Evaluation.AT_RUN_TIME;
        };
    }

    private Evaluation local(VariableElement variable) {
        Argument read = parameters.get(variable);
        return read != null
                ? new Known(read.value())
                : variables
                        .initializer(variable)
                        .map(value -> initial(variable, value))
                        .orElse(Evaluation.AT_RUN_TIME);
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
                : Operators.applied(evaluate(value), found -> Optional.of(Arithmetic.converted(found, type)));
    }

    private Evaluation made(TreePath path, NewClassTree creation) {
        if (creation.getClassBody() != null
                || creation.getEnclosingExpression() != null
                || !(trees.getElement(path) instanceof ExecutableElement constructor)) {
            return Evaluation.AT_RUN_TIME;
        }
        Callee callee = callees.of(constructor);
        return callee.isPure() || callee.reading() == Callee.Reading.MAKES_RECORD
                ? run(new Call(path, callee, Optional.empty()), creation.getArguments())
                : Evaluation.AT_RUN_TIME;
    }

    private Evaluation component(TreePath path, MethodInvocationTree call, Callee callee) {
        if (!(call.getMethodSelect() instanceof MemberSelectTree select)) {
            return Evaluation.AT_RUN_TIME;
        }
        Evaluation receiver = evaluate(new TreePath(path, select), select.getExpression());
        return Operators.applied(
                receiver,
                object -> object instanceof OwnRecord made
                        ? made.component(callee.element().getSimpleName())
                        : Optional.empty());
    }

    private Evaluation call(TreePath path, MethodInvocationTree call) {
        if (!(trees.getElement(path) instanceof ExecutableElement method)) {
            return Evaluation.AT_RUN_TIME;
        }
        Callee callee = callees.of(method);
        switch (callee.reading()) {
            case BODY -> {
                return readOwn(path, call, callee);
            }
            case READS_COMPONENT -> {
                return component(path, call, callee);
            }
            case MAKES_RECORD, NONE -> {}
        }
        if (!callee.isPure()) {
            return Evaluation.AT_RUN_TIME;
        }
        return switch (callee.kind()) {
            case CONSTRUCTOR -> Evaluation.AT_RUN_TIME;
            case STATIC_METHOD -> run(new Call(path, callee, Optional.empty()), call.getArguments());
            case METHOD -> callOfObject(path, call, callee);
        };
    }

    private Evaluation callOfObject(TreePath path, MethodInvocationTree call, Callee callee) {
        if (!(call.getMethodSelect() instanceof MemberSelectTree select)) {
            return Evaluation.AT_RUN_TIME;
        }
        Evaluation receiver = evaluate(new TreePath(path, select), select.getExpression());
        return receiver instanceof Known(Object object)
                ? run(new Call(path, callee, Optional.of(object)), call.getArguments())
                : receiver;
    }

    private Evaluation run(Call call, List<? extends ExpressionTree> arguments) {
        List<Argument> values = new ArrayList<>(arguments.size());
        for (ExpressionTree argument : arguments) {
            TreePath path = new TreePath(call.path(), argument);
            Evaluation evaluated = evaluate(path);
            if (!(evaluated instanceof Known(Object value))) {
                return evaluated;
            }
            values.add(new Argument(path, value));
        }
        if (call.callee().reading() == Callee.Reading.MAKES_RECORD) {
            return new Known(made(call.callee(), values));
        }
        if (isGivenOwnRecord(call, values)) {
            return Evaluation.NOT_RUNNABLE;
        }
        Optional<Body> body = bodies.of(call.callee().element());
        return body.isPresent()
                ? read(call, body.get(), given(call.callee().element(), values))
                : factories.run(call, values);
    }

    private static OwnRecord made(Callee constructor, List<Argument> arguments) {
        List<Object> components = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            TypeKind type =
                    constructor.element().getParameters().get(i).asType().getKind();
            components.add(Arithmetic.converted(arguments.get(i).value(), type));
        }
        return OwnRecord.of((TypeElement) constructor.owner(), components);
    }

    /** Only collections take what has no class yet; whoever takes it out of one would find another class than it counts on. */
    private static boolean isGivenOwnRecord(Call call, List<Argument> arguments) {
        for (Argument argument : arguments) {
            if (holdsOwnRecord(argument.value())) {
                return !((TypeElement) call.callee().owner())
                        .getQualifiedName()
                        .toString()
                        .startsWith("java.util.");
            }
        }
        return false;
    }

    private static boolean holdsOwnRecord(Object value) {
        return switch (value) {
            case OwnRecord _ -> true;
            case Collection<?> all -> all.stream().anyMatch(Evaluator::holdsOwnRecord);
            case Map<?, ?> map -> holdsOwnRecord(map.keySet()) || holdsOwnRecord(map.values());
            case Optional<?> optional ->
                optional.filter(Evaluator::holdsOwnRecord).isPresent();
            default -> false;
        };
    }

    private static Map<Element, Argument> given(ExecutableElement method, List<Argument> arguments) {
        Map<Element, Argument> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            given.put(method.getParameters().get(i), arguments.get(i));
        }
        return given;
    }

    /** What of the arguments is known may be enough, for the result or for what is wrong. */
    private Evaluation readOwn(TreePath path, MethodInvocationTree invocation, Callee callee) {
        Call call = new Call(path, callee, Optional.empty());
        Map<Element, Argument> given = new HashMap<>();
        Evaluation lacking = Evaluation.NOT_RUNNABLE;
        for (int i = 0; i < invocation.getArguments().size(); i++) {
            TreePath argument = new TreePath(path, invocation.getArguments().get(i));
            Evaluation evaluated = evaluate(argument);
            if (evaluated instanceof Known(Object value)) {
                given.put(callee.element().getParameters().get(i), new Argument(argument, value));
            } else if (evaluated instanceof Evaluation.AtRunTime) {
                lacking = evaluated;
            }
        }
        if (given.isEmpty() && !invocation.getArguments().isEmpty()) {
            return lacking;
        }
        return bodies.of(callee.element()).map(body -> read(call, body, given)).orElse(Evaluation.AT_RUN_TIME);
    }

    /** A method that is being compiled cannot run, but it may be read. */
    private Evaluation read(Call call, Body body, Map<Element, Argument> given) {
        ExecutableElement method = call.callee().element();
        if (underway.size() >= DEEPEST || ++read > MOST_READ) {
            return Evaluation.NOT_RUNNABLE;
        }
        if (!underway.add(method)) {
            return Evaluation.AT_RUN_TIME;
        }
        Map<Element, Argument> outerParameters = parameters;
        IdentityHashMap<Tree, Evaluation> outerKnown = known;
        parameters = given;
        known = new IdentityHashMap<>();
        try {
            Evaluation result = result(call, body);
            return result instanceof Evaluation.Refused(Finding finding) ? refused(finding, call) : result;
        } finally {
            underway.remove(method);
            parameters = outerParameters;
            known = outerKnown;
        }
    }

    private Evaluation result(Call call, Body body) {
        for (TreePath local : body.locals()) {
            VariableTree variable = (VariableTree) local.getLeaf();
            Evaluation value = evaluate(local, variable.getInitializer());
            if (value instanceof Evaluation.Refused) {
                return value;
            }
            if (value instanceof Known(Object found) && trees.getElement(local) instanceof VariableElement element) {
                parameters.put(
                        element,
                        new Argument(
                                call.path(),
                                Arithmetic.converted(found, element.asType().getKind())));
            }
        }
        return evaluate(body.result());
    }

    /** What is refused whatever the caller hands over is told where it stands. */
    private Evaluation refused(Finding finding, Call call) {
        TreePath place = caller(finding.place(), call);
        parameters = Map.of();
        known = new IdentityHashMap<>();
        boolean isOfItself = evaluate(finding.place()) instanceof Evaluation.Refused
                || evaluate(finding.place().getParentPath()) instanceof Evaluation.Refused;
        return isOfItself ? Evaluation.NOT_RUNNABLE : new Evaluation.Refused(finding.at(place));
    }

    /** Where the caller wrote what was refused: the argument that was handed on, else the whole call. */
    private TreePath caller(TreePath refused, Call call) {
        Argument handedOn = parameters.get(trees.getElement(refused));
        return handedOn == null ? call.path() : handedOn.path();
    }
}
