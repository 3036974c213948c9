package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Drift;
import io.nationtech.harmony.engine.OperateProgress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** What an operation tells programs: a JSON document a line, one for each look and each repair. */
record OperateJson(Terminal terminal, DeploymentName deployment) implements OperateProgress {

    @Override
    public void inSync() {
        tell("in-sync", Json.object("deployment", deployment.value()));
    }

    @Override
    public void drifted(Drift drift) {
        tell("drifted", new DriftReport(drift).json());
    }

    @Override
    public void repaired(DeployResult result) {
        tell("repaired", new DeployReport(deployment, "deployed", result, Duration.ZERO).json());
    }

    @Override
    public void problem(Cause cause) {
        tell("problem", Json.of(cause));
    }

    private void tell(String event, Object about) {
        String at = terminal.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        terminal.result(Json.line(Json.object("at", at, "event", event, "about", about)) + "\n");
    }
}
