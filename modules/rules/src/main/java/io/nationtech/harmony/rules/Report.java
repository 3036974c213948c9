package io.nationtech.harmony.rules;

import java.util.List;

/**
 * What the rules say of a deployment.
 *
 * @param violations what does not hold; the deployment is refused unless this is empty
 * @param allowed what does not hold and is allowed, with the reason
 * @param rules how many were tried
 */
public record Report(List<Violation> violations, List<Allowed> allowed, int rules) {
    public Report {
        violations = List.copyOf(violations);
        allowed = List.copyOf(allowed);
    }

    /** A violation with somebody's reason to go on. */
    public record Allowed(Violation violation, String because) {
        @Override
        public String toString() {
            return "allowed, because %s: %s".formatted(because, violation);
        }
    }
}
