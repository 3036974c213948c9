package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.check.Allow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tries all rules on a deployment. Pure; its time grows with the number of scores. */
public final class GraphCheck {
    private static final int FEW_WORDS = 10;
    private static final String ALLOW = "allow";

    private GraphCheck() {}

    /**
     * Checks a whole deployment.
     *
     * @param declaredBy the class that makes it, whose {@link Allow} counts
     * @param places where its names stand
     * @throws RefusedException when a rule beside the deployment cannot be made, or two rules have one id
     */
    public static Report check(Deployment<?> deployment, Class<?> declaredBy, Places places) {
        List<Rule> rules = Rules.around(declaredBy);
        Graph graph = Graph.of(deployment);
        Map<String, Allow> allows = Arrays.stream(declaredBy.getAnnotationsByType(Allow.class))
                .collect(Collectors.toMap(Allow::rule, Function.identity(), (first, _) -> first, LinkedHashMap::new));
        List<Violation> violations = new ArrayList<>();
        List<Report.Allowed> allowed = new ArrayList<>();
        for (Rule rule : rules) {
            Allow allow = allows.get(rule.id());
            List<Violation> found = found(rule, graph, places);
            if (allow == null || isEmpty(allow)) {
                violations.addAll(found);
            } else {
                String because = allow.because();
                found.forEach(violation -> allowed.add(new Report.Allowed(violation, because)));
            }
        }
        violations.addAll(wrongAllows(allows, rules, allowed, places));
        return new Report(violations, allowed, rules.size());
    }

    /** The edge to rules of others: one that fails has not been kept. */
    private static List<Violation> found(Rule rule, Graph graph, Places places) {
        try {
            return rule.findings(graph)
                    .map(finding -> located(rule, finding, places))
                    .toList();
        } catch (RuntimeException e) {
            return List.of(new Violation(
                    rule.id(),
                    "the rule itself fails: %s throws %s; mend it, or leave its module out"
                            .formatted(rule.getClass().getName(), e),
                    List.of(places.begin())));
        }
    }

    private static Violation located(Rule rule, Finding finding, Places places) {
        Set<Place> where =
                finding.sides().stream().map(places::of).collect(Collectors.toCollection(LinkedHashSet::new));
        return new Violation(rule.id(), finding.message(), List.copyOf(where));
    }

    private static boolean isEmpty(Allow allow) {
        return allow.because().strip().length() < FEW_WORDS;
    }

    private static List<Violation> wrongAllows(
            Map<String, Allow> allows, List<Rule> rules, List<Report.Allowed> used, Places places) {
        Set<String> known = rules.stream().map(Rule::id).collect(Collectors.toSet());
        Set<String> needed = used.stream().map(each -> each.violation().rule()).collect(Collectors.toSet());
        List<Violation> wrong = new ArrayList<>();
        for (Allow allow : allows.values()) {
            String rule = allow.rule();
            if (!known.contains(rule)) {
                wrong.add(wrong("@Allow names rule '%s', which there is not".formatted(rule), places));
            } else if (isEmpty(allow)) {
                wrong.add(wrong("@Allow of rule '%s' says no reason; write one".formatted(rule), places));
            } else if (!needed.contains(rule)) {
                wrong.add(wrong("@Allow of rule '%s' allows nothing; remove it".formatted(rule), places));
            }
        }
        return wrong;
    }

    private static Violation wrong(String message, Places places) {
        return new Violation(ALLOW, message, List.of(places.begin()));
    }
}
