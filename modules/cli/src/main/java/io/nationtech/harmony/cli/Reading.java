package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.engine.FleetInterpret;
import io.nationtech.harmony.engine.FleetPlan;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.journal.mesh.MeshJournals;

/** Compares what is declared with what is, for commands that change nothing. */
record Reading(Fleet fleet, MeshJournals journals) {

    static Reading of(MeshSession session, Terminal terminal) {
        return new Reading(session.fleet(), session.journals(terminal));
    }

    FleetPlan plan(Deployment<?> deployment, SecretsOption secrets) {
        return plan(deployment, secrets, fleet.inventory());
    }

    FleetPlan plan(Deployment<?> deployment, SecretsOption secrets, Inventory inventory) {
        try (DeploymentSecrets from = secrets.of(deployment)) {
            Ledger ledger = journals.read(deployment.name());
            return switch (FleetInterpret.reading(fleet, ledger, from.supply()).plan(deployment, inventory)) {
                case Planning.Planned<FleetPlan>(FleetPlan plan) -> plan;
                case Planning.Impossible<FleetPlan>(Cause cause) ->
                    throw new CommandFailedException(ExitCode.FAILED, cause);
            };
        } catch (JournalException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.why(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(
                    ExitCode.FAILED, new Cause("interrupted", "planning", "nothing was changed; plan again"), e);
        }
    }
}
