package io.nationtech.harmony.checker;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** Reads capability sets from types. */
final class Capabilities {
    private static final String CAPABILITY = "io.nationtech.harmony.domain.capability.Capability";

    private Capabilities() {}

    /** The capabilities in a set, in the order of declaration: the interfaces that extend {@code Capability} directly. */
    static List<TypeElement> of(TypeMirror set) {
        Set<TypeElement> found = new LinkedHashSet<>();
        collect(set, found);
        return List.copyOf(found);
    }

    private static void collect(TypeMirror type, Set<TypeElement> found) {
        switch (type) {
            case IntersectionType intersection -> intersection.getBounds().forEach(bound -> collect(bound, found));
            case TypeVariable variable -> collect(variable.getUpperBound(), found);
            case WildcardType wildcard
            when wildcard.getSuperBound() != null -> collect(wildcard.getSuperBound(), found);
            case WildcardType wildcard
            when wildcard.getExtendsBound() != null -> collect(wildcard.getExtendsBound(), found);
            case DeclaredType declared -> collect((TypeElement) declared.asElement(), found);
            default -> {}
        }
    }

    private static void collect(TypeElement type, Set<TypeElement> found) {
        for (TypeMirror parent : type.getInterfaces()) {
            if (isNamed(parent, CAPABILITY)) {
                found.add(type);
            } else {
                collect(parent, found);
            }
        }
    }

    static boolean isNamed(TypeMirror type, String name) {
        return type instanceof DeclaredType declared
                && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(name);
    }

    static String names(List<? extends Element> capabilities) {
        return capabilities.stream()
                .map(capability -> capability.getSimpleName().toString())
                .collect(Collectors.joining(" and "));
    }
}
