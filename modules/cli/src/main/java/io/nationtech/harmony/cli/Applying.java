package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.ApplyTerms;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Deployer;
import io.nationtech.harmony.engine.SecretSupply;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** What commands that change the world have in common. */
final class Applying {
    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    /** Deploys, and tells how it ended. */
    int deploy(
            Terminal terminal, Deployment<?> deployment, SecretsOption secrets, Function<Deployer, DeployResult> work) {
        try (DeploymentSecrets from = secrets.of(deployment)) {
            return run(terminal, deployment.name(), from.supply(), "deployed", work);
        }
    }

    /** Withdraws, and tells how it ended. */
    int withdraw(Terminal terminal, DeploymentName deployment) {
        return run(terminal, deployment, SecretSupply.none(), "withdrawn", deployer -> deployer.withdraw(deployment));
    }

    private int run(
            Terminal terminal,
            DeploymentName deployment,
            SecretSupply secrets,
            String done,
            Function<Deployer, DeployResult> work) {
        Instant began = terminal.clock().instant();
        try (MeshSession session = mesh.open();
                Interruption _ = Interruption.explained(terminal)) {
            DeployResult result;
            try (ShownProgress progress = ShownProgress.on(terminal)) {
                ApplyTerms terms = new ApplyTerms(patience.duration(), consent.consent(), progress);
                result = work.apply(new Deployer(
                        session.fleet(), session.journals(terminal), PersonAtKeyboard.author(), terms, secrets));
            }
            Duration took = Duration.between(began, terminal.clock().instant());
            return Ending.of(new DeployReport(deployment, done, result, took), output)
                    .tell(terminal);
        }
    }
}
