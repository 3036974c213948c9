package io.nationtech.harmony.checker;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Which calls may run during compilation. */
final class PureCalls {
    static final String CHECKED = "io.nationtech.harmony.domain.check.ConstantChecked";

    /** Types of the JDK that have only pure methods, but for those that read the clock. */
    private static final Set<String> PURE_TYPES = Set.of(
            "java.lang.Boolean",
            "java.lang.Character",
            "java.lang.Double",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Math",
            "java.lang.String",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.net.URI",
            "java.time.DayOfWeek",
            "java.time.Duration",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.Period",
            "java.time.ZoneOffset",
            "java.util.Optional",
            "java.util.OptionalInt",
            "java.util.OptionalLong");

    /** Reads the clock, system properties, the locale, or is random. */
    private static final Set<String> IMPURE = Set.of("now", "random", "getInteger", "getLong", "getBoolean", "intern");

    private static final Set<String> COLLECTIONS = Set.of(
            "java.util.List",
            "java.util.Set",
            "java.util.Map",
            "java.util.Collection",
            "java.util.SequencedCollection");
    private static final Set<String> COLLECTION_FACTORIES = Set.of("of", "copyOf", "ofEntries", "entry");

    /** What reads a collection; one whose value is known cannot change, as only the factories above make one. */
    private static final Set<String> COLLECTION_READERS = Set.of(
            "get",
            "getFirst",
            "getLast",
            "getOrDefault",
            "size",
            "isEmpty",
            "contains",
            "containsKey",
            "containsValue",
            "indexOf",
            "subList",
            "reversed");

    private final Map<Element, Boolean> checked = new HashMap<>();

    /** Whether the call's arguments are checked, and its failure told. */
    boolean isChecked(Element element) {
        Boolean known = checked.get(element);
        if (known == null) {
            known = isAnnotated(element);
            checked.put(element, known);
        }
        return known;
    }

    private boolean isAnnotated(Element element) {
        return annotation(element, CHECKED) != null
                || (element.getKind() != ElementKind.PACKAGE
                        && element.getEnclosingElement() != null
                        && isChecked(element.getEnclosingElement()));
    }

    /** Whether the call may run to find the value of an argument. */
    boolean isPure(ExecutableElement callee) {
        return isChecked(callee) || isPureOfJdk(callee);
    }

    private static boolean isPureOfJdk(ExecutableElement callee) {
        if (!(callee.getEnclosingElement() instanceof TypeElement owner)) {
            return false;
        }
        String type = owner.getQualifiedName().toString();
        String name = callee.getSimpleName().toString();
        return (PURE_TYPES.contains(type) && !IMPURE.contains(name))
                || (COLLECTIONS.contains(type) && isReadOrMade(callee, name));
    }

    private static boolean isReadOrMade(ExecutableElement callee, String name) {
        return callee.getModifiers().contains(Modifier.STATIC)
                ? COLLECTION_FACTORIES.contains(name)
                : COLLECTION_READERS.contains(name);
    }

    /** Whether objects of the type never change, so that a static final field of it is a constant. */
    boolean isImmutable(TypeElement type) {
        return type.getKind() == ElementKind.ENUM
                || PURE_TYPES.contains(type.getQualifiedName().toString())
                || isChecked(type);
    }

    static @Nullable AnnotationMirror annotation(Element element, String annotation) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (((TypeElement) mirror.getAnnotationType().asElement())
                    .getQualifiedName()
                    .contentEquals(annotation)) {
                return mirror;
            }
        }
        return null;
    }
}
