package io.nationtech.harmony.checker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** What the declarations of methods say, read once each: the same few are called thousands of times. */
final class Callees {
    private static final String CONSTANT_ONLY = "io.nationtech.harmony.domain.check.ConstantOnly";
    private static final String RUN_TIME_ONLY = "io.nationtech.harmony.domain.check.RunTimeOnly";

    private final PureCalls pure;
    private final Bodies bodies;
    private final Map<ExecutableElement, Callee> known = new HashMap<>();

    Callees(PureCalls pure, Bodies bodies) {
        this.pure = pure;
        this.bodies = bodies;
    }

    Callee of(ExecutableElement element) {
        Callee before = known.get(element);
        if (before == null) {
            before = read(element);
            known.put(element, before);
        }
        return before;
    }

    private Callee read(ExecutableElement element) {
        Callee.Kind kind = Callee.Kind.of(element);
        Optional<String> constantsOnly = text(element, CONSTANT_ONLY);
        if (constantsOnly.isEmpty() && kind != Callee.Kind.METHOD && element.getEnclosingElement() != null) {
            constantsOnly = text(element.getEnclosingElement(), CONSTANT_ONLY);
        }
        return new Callee(
                element,
                kind,
                pure.isChecked(element),
                pure.isPure(element),
                pure.isPure(element) ? Callee.Reading.NONE : bodies.reading(element),
                constantsOnly,
                text(element, RUN_TIME_ONLY));
    }

    /** What the annotation's only member says. */
    private static Optional<String> text(Element element, String annotation) {
        AnnotationMirror mirror = PureCalls.annotation(element, annotation);
        return mirror == null
                ? Optional.empty()
                : mirror.getElementValues().values().stream()
                        .map(value -> String.valueOf(value.getValue()))
                        .findFirst();
    }
}
