package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.graph.Journals.Opening;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Clears away what is kept of withdrawn deployments for nodes that were lost then, and said only later that nothing is left. Nobody
 * deploys such a deployment again, so whoever deploys or withdraws another does it.
 */
record LateWithdrawals(Fleet fleet, Journals journals, Author author) {
    private static final Logger LOG = System.getLogger(LateWithdrawals.class.getName());

    /** Clears away all but what there is of a deployment that is being worked on, as its journal is open. */
    void clear(Collection<NodeStatus> nodes, DeploymentName own) {
        Set<DeploymentName> withdrawn = nodes.stream()
                .filter(NodeStatus::isAlive)
                .flatMap(node -> node.desired().values().stream())
                .filter(told -> told.value().resources().isEmpty())
                .map(told -> told.value().deployment())
                .filter(deployment -> !deployment.equals(own))
                .filter(fleet.grant()::covers)
                .collect(Collectors.toCollection(TreeSet::new));
        try {
            withdrawn.forEach(deployment -> clearOne(nodes, deployment));
        } catch (MeshUnavailableException | JournalException e) {
            LOG.log(Level.DEBUG, "What is left of withdrawn deployments stays for the next time: {0}", e.getMessage());
        }
    }

    private void clearOne(Collection<NodeStatus> nodes, DeploymentName deployment) {
        List<NodeId> over = nodes.stream()
                .filter(NodeStatus::isAlive)
                .filter(node -> node.desired().containsKey(deployment))
                .map(node -> node.info().id())
                .filter(node -> fleet.grant().covers(node, deployment))
                .filter(node -> isOver(node, deployment))
                .toList();
        if (over.isEmpty()) {
            return;
        }
        // With its journal open nobody deploys it meanwhile; before that somebody may have.
        if (journals.open(deployment, author) instanceof Opening.Opened(Journal journal)) {
            try (journal) {
                over.stream().filter(node -> isOver(node, deployment)).forEach(node -> fleet.forget(node, deployment));
            }
        }
    }

    private boolean isOver(NodeId node, DeploymentName deployment) {
        return fleet.desiredStates()
                .of(node, deployment)
                .filter(told -> told.desired() instanceof Decoded.Value<DesiredState>(DesiredState state)
                        && state.resources().isEmpty())
                .filter(told -> Deployer.hasFollowed(fleet.nodeReports().state(node, deployment), told.revision()))
                .isPresent();
    }
}
