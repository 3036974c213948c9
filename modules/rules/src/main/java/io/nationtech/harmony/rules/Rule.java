package io.nationtech.harmony.rules;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * What must hold between the parts of a deployment. One class, without state; {@code docs/rules/README.md} says how to add one. Beside
 * those of the framework, all are tried that the modules provide which the deployment's module requires: {@code provides Rule with …}.
 */
public interface Rule {

    /**
     * The class' name as people write it in {@code @Allow}: {@code HostPortTwice} is {@code host-port-twice}. No two rules have the
     * same.
     */
    default String id() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** What does not hold. Looks at each part a bounded number of times, so that its time grows with the graph. */
    Stream<Finding> findings(Graph graph);
}
