package io.nationtech.harmony.checker;

import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Whether what is compiled provides deployments. */
final class Deployments {
    private static final String DEPLOYMENT_MODULE = "io.nationtech.harmony.domain.DeploymentModule";

    private final Elements elements;
    private final Types types;
    private boolean provided;

    Deployments(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** Known once the rounds are over. */
    boolean areProvided() {
        return provided;
    }

    void see(RoundEnvironment round) {
        TypeElement module = elements.getTypeElement(DEPLOYMENT_MODULE);
        if (module != null) {
            provided |= anyProvides(round.getRootElements(), module.asType());
        }
    }

    private boolean anyProvides(Iterable<? extends Element> elements, TypeMirror module) {
        for (TypeElement type : ElementFilter.typesIn(elements)) {
            if ((isMade(type) && types.isSubtype(type.asType(), module))
                    || anyProvides(type.getEnclosedElements(), module)) {
                return true;
            }
        }
        return false;
    }

    /** An interface that extends it is a way to declare deployments, not one of them. */
    private static boolean isMade(TypeElement type) {
        return type.getKind().isClass();
    }
}
