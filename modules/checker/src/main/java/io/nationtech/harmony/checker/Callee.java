package io.nationtech.harmony.checker;

import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;

/** What a call calls, in words. */
final class Callee {
    private Callee() {}

    /** The type that declares it. */
    static Element owner(ExecutableElement callee) {
        return Objects.requireNonNull(callee.getEnclosingElement());
    }

    /** As people write the call: {@code Port.of}, {@code new HttpProbe}. */
    static String name(ExecutableElement callee) {
        String owner = owner(callee).getSimpleName().toString();
        return callee.getKind() == ElementKind.CONSTRUCTOR ? "new " + owner : owner + "." + callee.getSimpleName();
    }
}
