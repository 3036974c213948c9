package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.ApplyTerms;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Deployer;
import io.nationtech.harmony.engine.SecretSupply;
import io.nationtech.harmony.graph.Consent;
import io.nationtech.harmony.operator.LoadedModule;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** What commands that change the world have in common. */
final class Applying {
    @Mixin
    private TimeoutOption timeout = new TimeoutOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    /** Deploys, and tells how it ended. */
    int deploy(
            Terminal terminal,
            LoadedModule module,
            SecretsOption secrets,
            PrecedentOption precedent,
            Function<Deployer, DeployResult> work) {
        Deployment<?> deployment = module.deployment();
        Instant began = terminal.clock().instant();
        try (DeploymentSecrets from = secrets.of(deployment);
                MeshSession session = mesh.open(module)) {
            DeployResult result = run(terminal, session, from.supply(), precedent.precedent(), work);
            // Data leaves its node with consent only.
            if (consent.consent() instanceof Consent.These) {
                Borrowers.of(deployment.name(), session.fleet().inventory()).tellOfMove(terminal);
            }
            return tell(terminal, new DeployReport(deployment.name(), "deployed", result, since(terminal, began)));
        }
    }

    /** Withdraws, and tells how it ended. */
    int withdraw(Terminal terminal, DeploymentName deployment) {
        Instant began = terminal.clock().instant();
        try (MeshSession session = mesh.open()) {
            Inventory fleet = session.fleet().inventory();
            EndpointUsers.of(deployment, fleet).tell(terminal);
            Borrowers.of(deployment, fleet).tellOfWithdrawal(terminal);
            DeployResult result = run(
                    terminal,
                    session,
                    SecretSupply.none(),
                    ApplyTerms.Precedent.OVERRULED,
                    deployer -> deployer.withdraw(deployment));
            return tell(terminal, new DeployReport(deployment, "withdrawn", result, since(terminal, began)));
        }
    }

    private DeployResult run(
            Terminal terminal,
            MeshSession session,
            SecretSupply secrets,
            ApplyTerms.Precedent precedent,
            Function<Deployer, DeployResult> work) {
        try (Interruption _ = Interruption.explained(terminal);
                ShownProgress progress = ShownProgress.on(terminal)) {
            ApplyTerms terms = new ApplyTerms(timeout.duration(), consent.consent(), progress, precedent);
            return work.apply(new Deployer(
                    session.fleet(), session.journals(terminal), PersonAtKeyboard.author(), terms, secrets));
        }
    }

    private static Duration since(Terminal terminal, Instant began) {
        return Duration.between(began, terminal.clock().instant());
    }

    private int tell(Terminal terminal, DeployReport report) {
        return Ending.of(report, output).tell(terminal);
    }
}
