package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an operator may deploy, and onto which nodes.
 *
 * @param deployments empty for all
 * @param nodes empty for all
 */
public record Grant(Optional<SortedSet<DeploymentName>> deployments, Optional<SortedSet<NodeId>> nodes) {
    /** Everything, everywhere. */
    public static final Grant ALL = new Grant(Optional.empty(), Optional.empty());

    public Grant {
        deployments = deployments.map(TreeSet::new).map(Collections::unmodifiableSortedSet);
        nodes = nodes.map(TreeSet::new).map(Collections::unmodifiableSortedSet);
    }

    /** Whether it has that. */
    public boolean covers(DeploymentName deployment) {
        return deployments.filter(some -> !some.contains(deployment)).isEmpty();
    }

    /** Whether it has that, there. */
    public boolean covers(NodeId node, DeploymentName deployment) {
        return covers(deployment) && nodes.filter(some -> !some.contains(node)).isEmpty();
    }

    /** Whether it has whatever there is, there. */
    public boolean coversAll(NodeId node) {
        return deployments.isEmpty()
                && nodes.filter(some -> !some.contains(node)).isEmpty();
    }

    @Override
    public String toString() {
        return "%s on %s"
                .formatted(
                        deployments.map(Grant::text).orElse("everything"),
                        nodes.map(Grant::text).orElse("all nodes"));
    }

    private static String text(Set<?> names) {
        return names.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
