package io.nationtech.harmony.checker;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Says in one line what javac says in nine: which capability a call asks for in vain. Looks only at calls that javac could not
 * resolve.
 */
final class MissingCapabilities {
    private static final String SCORE = "io.nationtech.harmony.domain.Score";
    private static final String TOPOLOGY = "io.nationtech.harmony.domain.Topology";

    private final Trees trees;
    private final Elements elements;
    private final Types types;

    MissingCapabilities(Trees trees, Elements elements, Types types) {
        this.trees = trees;
        this.elements = elements;
        this.types = types;
    }

    List<Finding> in(TreePath path) {
        MethodInvocationTree call = (MethodInvocationTree) path.getLeaf();
        if (!(call.getMethodSelect() instanceof MemberSelectTree select)) {
            return List.of();
        }
        TreePath receiver = new TreePath(new TreePath(path, select), select.getExpression());
        return candidates(receiver, select, call.getArguments().size())
                .map(candidate -> missing(path, receiver, candidate, call.getArguments()))
                .filter(findings -> !findings.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Stream<ExecutableElement> candidates(TreePath receiver, MemberSelectTree select, int arguments) {
        return trees.getTypeMirror(receiver) instanceof DeclaredType type && type.getKind() == TypeKind.DECLARED
                ? elements.getAllMembers((TypeElement) type.asElement()).stream()
                        .filter(member -> member.getKind() == ElementKind.METHOD)
                        .filter(member -> member.getSimpleName().equals(select.getIdentifier()))
                        .map(ExecutableElement.class::cast)
                        .filter(method -> method.getParameters().size() == arguments)
                : Stream.empty();
    }

    private List<Finding> missing(
            TreePath call, TreePath receiver, ExecutableElement method, List<? extends ExpressionTree> arguments) {
        DeclaredType owner = (DeclaredType) trees.getTypeMirror(receiver);
        List<? extends TypeMirror> parameters = ((ExecutableType) types.asMemberOf(owner, method)).getParameterTypes();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            TreePath argument = new TreePath(call, arguments.get(i));
            TypeMirror parameter = parameters.get(i);
            if (Capabilities.isNamed(parameter, SCORE)) {
                score(argument, set(parameter)).ifPresent(findings::add);
            } else if (Capabilities.isNamed(parameter, TOPOLOGY)) {
                topology(argument, set(parameter), owner.asElement()).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<Finding> score(TreePath score, Optional<TypeMirror> available) {
        return available.flatMap(set -> argument(score, SCORE)
                .map(needed -> lacking(needed, set))
                .filter(lacking -> !lacking.isEmpty())
                .map(lacking -> new Finding(
                        score,
                        Finding.Weight.ERROR,
                        "score %s needs capability %s, which topology %s does not have"
                                .formatted(name(score), Capabilities.names(lacking), simple(set)),
                        "deploy onto a topology that has it, or give it to this one where the site really has it")));
    }

    private Optional<Finding> topology(TreePath topology, Optional<TypeMirror> needed, Element maker) {
        return needed.flatMap(set -> argument(topology, TOPOLOGY)
                .flatMap(available -> Optional.of(lacking(set, available))
                        .filter(lacking -> !lacking.isEmpty())
                        .map(lacking -> new Finding(
                                topology,
                                Finding.Weight.ERROR,
                                "topology %s (%s) lacks capability %s, which %s has on both sides"
                                        .formatted(
                                                name(topology),
                                                simple(available),
                                                Capabilities.names(lacking),
                                                maker.getSimpleName()),
                                "declare a @CapabilitySet of what both sides have, and use the one made of it"))));
    }

    private static List<TypeElement> lacking(TypeMirror needed, TypeMirror available) {
        List<TypeElement> there = Capabilities.of(available);
        return Capabilities.of(needed).stream()
                .filter(capability -> !there.contains(capability))
                .toList();
    }

    /** The capability set that an argument brings; where javac inferred none, the one that its method declares. */
    private Optional<TypeMirror> argument(TreePath argument, String type) {
        return supertype(trees.getTypeMirror(argument), type)
                .or(() -> trees.getElement(argument) instanceof ExecutableElement made
                        ? supertype(made.getReturnType(), type)
                        : Optional.empty())
                .flatMap(this::set);
    }

    private Optional<TypeMirror> supertype(TypeMirror type, String named) {
        if (Capabilities.isNamed(type, named)) {
            return Optional.of(type);
        }
        return type instanceof DeclaredType && type.getKind() == TypeKind.DECLARED
                ? types.directSupertypes(type).stream()
                        .flatMap(parent -> supertype(parent, named).stream())
                        .findFirst()
                : Optional.empty();
    }

    private Optional<TypeMirror> set(TypeMirror scoreOrTopology) {
        return ((DeclaredType) scoreOrTopology)
                .getTypeArguments().stream().<TypeMirror>map(type -> type).findFirst();
    }

    private String name(TreePath argument) {
        String type = trees.getTypeMirror(argument) instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement element
                ? element.getSimpleName().toString()
                : "";
        return switch (argument.getLeaf()) {
            case IdentifierTree identifier
            when type.isEmpty() || type.equals("Topology") ->
                identifier.getName().toString();
            case IdentifierTree identifier -> identifier.getName() + " (" + type + ")";
            case MethodInvocationTree call
            when call.getMethodSelect() instanceof IdentifierTree method ->
                method.getName().toString();
            case MethodInvocationTree call
            when call.getMethodSelect() instanceof MemberSelectTree method ->
                method.getIdentifier().toString();
            default -> type;
        };
    }

    private String simple(TypeMirror set) {
        TypeMirror bound = set instanceof WildcardType wildcard && wildcard.getSuperBound() != null
                ? wildcard.getSuperBound()
                : set;
        return types.asElement(bound) == null
                ? bound.toString()
                : types.asElement(bound).getSimpleName().toString();
    }
}
