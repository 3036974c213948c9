package io.nationtech.harmony.operator;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.rules.Places;
import io.nationtech.harmony.rules.Report;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A deployment with what the rules of the graph say of it.
 *
 * @param places where its names stand
 * @param own where the module is
 * @param module that declares it
 */
public record LoadedModule(Deployment<?> deployment, Report report, Places places, Path own, Module module) {

    /** The kinds of resources that it knows: those of this program, and those that its modules bring. */
    public ResourceKinds kinds() {
        return Optional.ofNullable(module.getLayer()).map(ResourceKinds::of).orElseGet(ResourceKinds::installed);
    }

    /** Why nobody may act on it: it breaks a rule. The report has each violation. */
    public Optional<Cause> unsound() {
        return report.violations().isEmpty()
                ? Optional.empty()
                : Optional.of(new Cause(
                        "deployment '%s' breaks %d of the rules of the graph"
                                .formatted(
                                        deployment.name(), report.violations().size()),
                        own.toString(),
                        "correct the lines above; docs/rules/<rule>.md says why, and how"));
    }
}
