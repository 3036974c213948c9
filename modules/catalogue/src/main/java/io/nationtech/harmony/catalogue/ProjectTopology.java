package io.nationtech.harmony.catalogue;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The topology of a project's first deployment, as its source has it.
 *
 * @param code what stands between the parentheses of {@code Topology.of(…)}, for a set of capabilities named Home
 */
record ProjectTopology(String code) {
    private static final Pattern FORM = Pattern.compile(
            "Topology\\.of\\(\\s*(TopologyName\\.of\\(\"[^\"]+\"\\)),\\s*\\w+\\.class((?:,\\s*Site\\.of\\(\"[^\"]+\"\\))+)\\s*\\)");

    /** That of a source which has one of sites. */
    static Optional<ProjectTopology> in(String source) {
        return FORM.matcher(source)
                .results()
                .findFirst()
                .map(found -> new ProjectTopology("%s, Home.class%s"
                        .formatted(found.group(1), found.group(2).replaceAll("\\s+", " "))));
    }
}
