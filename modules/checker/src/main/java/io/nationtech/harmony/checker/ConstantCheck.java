package io.nationtech.harmony.checker;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Checks the constants of one class after the other. */
final class ConstantCheck {
    private final Trees trees;
    private final Callees callees;
    private final CompiledClasses classes;
    private final Deployments deployments;
    private final Watch watch;
    private final Factories factories;
    private final Evaluator evaluator;
    private final MissingCapabilities capabilities;
    private final Set<Tree> told = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param limit how long one call may take
     */
    ConstantCheck(Trees trees, Elements elements, Types types, Deployments deployments, Duration limit) {
        this.trees = trees;
        this.deployments = deployments;
        this.watch = new Watch(limit);
        this.classes = new CompiledClasses(elements);
        this.factories = new Factories(new Reflection(elements, types, classes), watch, limit);
        this.capabilities = new MissingCapabilities(trees, elements, types);
        PureCalls pure = new PureCalls();
        Bodies bodies = new Bodies(trees, elements);
        this.callees = new Callees(pure, bodies);
        this.evaluator = new Evaluator(trees, pure, callees, bodies, factories);
    }

    /**
     * What is wrong in a class that the compiler knows all types of; nothing is told twice. When the checker itself fails, that is
     * told too: nobody may take the class for checked.
     */
    List<Finding> check(TreePath ofClass) {
        try {
            return findings(ofClass);
        } catch (RuntimeException e) {
            return List.of(new Finding(
                    ofClass,
                    Finding.Weight.ERROR,
                    "the Harmony checker failed in this class: " + e,
                    "please report this; it failed"
                            + (e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0])));
        }
    }

    private List<Finding> findings(TreePath ofClass) {
        Inspection inspection = new Inspection(trees, callees);
        inspection.inspect(ofClass);
        List<Finding> findings = new ArrayList<>();
        inspection.unresolved().forEach(call -> findings.addAll(capabilities.in(call)));
        if (deployments.areProvided()) {
            findings.addAll(inspection.runTimeOnly());
        }
        if (!inspection.isEmpty()) {
            findings.addAll(evaluated(inspection));
        }
        findings.removeIf(finding -> !told.add(finding.place().getLeaf()));
        return findings;
    }

    private List<Finding> evaluated(Inspection inspection) {
        while (true) {
            try {
                return watch.work(() -> findings(inspection), classes::servesOnly);
            } catch (Watch.Overdue e) {
                factories.avoid(e.call());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            } catch (ExecutionException e) {
                throw new IllegalStateException(String.valueOf(e.getCause()), e);
            }
        }
    }

    private List<Finding> findings(Inspection inspection) {
        evaluator.enter(inspection.variables());
        List<Finding> findings = new ArrayList<>();
        for (TreePath call : inspection.checked()) {
            if (evaluator.evaluate(call) instanceof Evaluation.Refused(Finding finding)) {
                findings.add(finding);
            }
        }
        for (Demand demand : inspection.demands()) {
            if (evaluator.evaluate(demand.place()) instanceof Evaluation.AtRunTime) {
                findings.add(demand.unmet());
            }
        }
        evaluator.leave();
        return findings;
    }
}
