package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.engine.FleetPlan;
import io.nationtech.harmony.engine.FleetPlanner;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.placement.ServiceExplanation;
import java.util.List;

/** Compares what is declared with what is, for commands that change nothing. */
record Reading(Fleet fleet, MeshJournals journals) {

    static Reading of(MeshSession session, Terminal terminal) {
        return new Reading(session.fleet(), session.journals(terminal));
    }

    FleetPlan plan(Deployment<?> deployment, SecretsOption secrets) {
        return plan(deployment, secrets, fleet.inventory());
    }

    /** Why everything is where it is, or would be; also when something has no place. */
    PlacementReport explain(Deployment<?> deployment, SecretsOption secrets, Inventory inventory) {
        return planning(deployment, secrets, planner -> switch (planner.explain(deployment, inventory)) {
            case Planning.Planned<List<ServiceExplanation>>(List<ServiceExplanation> services) ->
                new PlacementReport(deployment.name(), services);
            case Planning.Impossible<List<ServiceExplanation>>(Cause cause) ->
                throw new CommandFailedException(ExitCode.FAILED, cause);
        });
    }

    FleetPlan plan(Deployment<?> deployment, SecretsOption secrets, Inventory inventory) {
        return planning(deployment, secrets, planner -> switch (planner.plan(deployment, inventory)) {
            case Planning.Planned<FleetPlan>(FleetPlan plan) -> plan;
            case Planning.Impossible<FleetPlan>(Cause cause) ->
                throw new CommandFailedException(ExitCode.FAILED, cause);
        });
    }

    private interface Work<T> {
        T with(FleetPlanner planner) throws InterruptedException;
    }

    private <T> T planning(Deployment<?> deployment, SecretsOption secrets, Work<T> work) {
        try (DeploymentSecrets from = secrets.of(deployment)) {
            Ledger ledger = journals.read(deployment.name());
            return work.with(FleetPlanner.of(fleet, ledger, from.supply()));
        } catch (JournalException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.why(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(
                    ExitCode.FAILED, new Cause("interrupted", "planning", "nothing was changed; plan again"), e);
        }
    }
}
