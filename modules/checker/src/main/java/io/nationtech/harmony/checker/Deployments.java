package io.nationtech.harmony.checker;

import java.util.Map;
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
    private final Graph graph;
    private boolean provided;
    private boolean declared;

    /** Who tries the rules of the graph. */
    enum Graph {
        THIS_COMPILER,
        /** A later step of the build, by {@code io.nationtech.harmony.rules.BuildCheck}. */
        ELSEWHERE;

        static final String OPTION = "harmony.graph";

        static Graph of(Map<String, String> options) {
            return "elsewhere".equals(options.get(OPTION)) ? ELSEWHERE : THIS_COMPILER;
        }
    }

    Deployments(Elements elements, Types types, Graph graph) {
        this.elements = elements;
        this.types = types;
        this.graph = graph;
    }

    /** Known once the rounds are over. */
    boolean areProvided() {
        return provided;
    }

    /** Whether this compiler is to try the rules of the graph: what it compiles is a module whose descriptor provides a deployment. */
    boolean isGraphChecked() {
        return declared && graph == Graph.THIS_COMPILER;
    }

    void see(RoundEnvironment round) {
        TypeElement module = elements.getTypeElement(DEPLOYMENT_MODULE);
        if (module != null) {
            provided |= anyProvides(round.getRootElements(), module.asType());
            declared |= ElementFilter.modulesIn(round.getRootElements()).stream()
                    .flatMap(each -> ElementFilter.providesIn(each.getDirectives()).stream())
                    .anyMatch(provides -> provides.getService().equals(module));
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
