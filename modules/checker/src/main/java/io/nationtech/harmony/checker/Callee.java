package io.nationtech.harmony.checker;

import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;

/**
 * What a call calls, and what its declaration says of it.
 *
 * @param isChecked whether the call's arguments are checked, and its failure told
 * @param isPure whether the call may run to find the value of an argument
 * @param reading how it can be read in place of being run, where it is being compiled
 * @param constantsOnly why it takes constants only, where it does
 * @param twin what code has in its place, where it is for run time only
 */
record Callee(
        ExecutableElement element,
        Kind kind,
        boolean isChecked,
        boolean isPure,
        Reading reading,
        Optional<String> constantsOnly,
        Optional<String> twin) {
    enum Kind {
        CONSTRUCTOR,
        STATIC_METHOD,
        METHOD;

        static Kind of(ExecutableElement element) {
            if (element.getKind() == ElementKind.CONSTRUCTOR) {
                return CONSTRUCTOR;
            }
            return element.getModifiers().contains(Modifier.STATIC) ? STATIC_METHOD : METHOD;
        }
    }

    /** What a call does that need not run to be known. */
    enum Reading {
        NONE,
        BODY,
        MAKES_RECORD,
        READS_COMPONENT
    }

    /** The type that declares it. */
    Element owner() {
        return Objects.requireNonNull(element.getEnclosingElement());
    }

    /** As people write the call: {@code Port.of}, {@code new HttpProbe}. */
    String name() {
        String owner = owner().getSimpleName().toString();
        return kind == Kind.CONSTRUCTOR ? "new " + owner : owner + "." + element.getSimpleName();
    }
}
